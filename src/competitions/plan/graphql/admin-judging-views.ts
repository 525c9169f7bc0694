import { Field, Int, ObjectType } from 'type-graphql';
import { ScoreScalar } from '../../../judging/graphql/score.ts';
import {
  AggregationWord,
  CriterionKindWord,
  LatenessRuleWord,
  NormalisationWord,
  TieBreakKindWord,
} from '../../../judging/graphql/words.ts';
import type { CriterionKind } from '../../../judging/panels/criterion.entity.ts';
import type { Aggregation, LatenessRule, Normalisation, TieBreak } from '../../../judging/panels/panel.entity.ts';
import type { JudgingTerms } from '../../../judging/panels/terms.ts';
import type { PlanCriterion } from '../criteria.ts';

@ObjectType('CompetitionCriterion', { description: '评分标准: what is judged.', simpleResolvers: true })
export class CriterionView {
  @Field(() => Int, { description: 'Its place in the list, from 1.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it belongs to, e.g. 五比; null for none.' })
  group!: string | null;

  @Field(() => String, { description: 'What is looked at; may be empty.' })
  about!: string;

  @Field(() => CriterionKindWord)
  kind!: CriterionKind;

  @Field(() => Int, { description: 'In hundredths of a per cent: 2,500 is 25 %.' })
  weight!: number;

  @Field(() => ScoreScalar, { description: 'The lowest score.' })
  scaleMin!: number;

  @Field(() => ScoreScalar, { description: 'The highest score.' })
  scaleMax!: number;

  @Field(() => String, { description: 'What evidence entrants are asked for; empty for none.' })
  evidenceAsked!: string;
}

@ObjectType('CompetitionTieBreak', {
  description: 'What sets entries apart that have the same total.',
  simpleResolvers: true,
})
export class TieBreakView {
  @Field(() => TieBreakKindWord)
  kind!: TieBreak['kind'];

  @Field(() => Int, { nullable: true, description: 'With CRITERION: its number; else null.' })
  number!: number | null;
}

@ObjectType('CompetitionJudging', { description: 'How entries are judged.', simpleResolvers: true })
export class JudgingView {
  @Field(() => Int, { description: 'How many judges score each entry.' })
  judgesPerEntry!: number;

  @Field(() => Int, { description: 'How many of them suffice once the time is over.' })
  judgesNeeded!: number;

  @Field(() => Boolean, { description: 'Whether judges see numbers instead of names.' })
  blind!: boolean;

  @Field(() => NormalisationWord)
  normalise!: Normalisation;

  @Field(() => AggregationWord)
  aggregate!: Aggregation;

  @Field(() => LatenessRuleWord)
  late!: LatenessRule;

  @Field(() => [TieBreakView], { description: 'In the order in which they are tried, each once: 32 at the most.' })
  tieBreaks!: TieBreakView[];
}

export function criterionView(criterion: PlanCriterion, i: number): CriterionView {
  const { name, group, about, kind, weight, scaleMin, scaleMax, evidenceAsked } = criterion;
  const scored = { kind, weight, scaleMin, scaleMax, evidenceAsked };
  return Object.assign(new CriterionView(), { number: i + 1, name, group, about, ...scored });
}

export function judgingView({ tieBreaks, ...own }: JudgingTerms): JudgingView {
  const views = tieBreaks.map((one) =>
    Object.assign(new TieBreakView(), { kind: one.kind, number: one.kind === 'criterion' ? one.number : null }),
  );
  return Object.assign(new JudgingView(), own, { tieBreaks: views });
}
