import { Field, InputType, Int } from 'type-graphql';
import { TieBreakInput } from '../../../judging/graphql/admin-inputs.ts';
import { ScoreScalar } from '../../../judging/graphql/score.ts';
import {
  AggregationWord,
  CriterionKindWord,
  LatenessRuleWord,
  NormalisationWord,
} from '../../../judging/graphql/words.ts';
import type { CriterionKind } from '../../../judging/panels/criterion.entity.ts';
import type { Aggregation, LatenessRule, Normalisation } from '../../../judging/panels/panel.entity.ts';

@InputType('CompetitionCriterionInput', { description: 'What is judged. Its number is its place in the list, from 1.' })
export class CriterionInput {
  @Field(() => String, { description: '1 to 80 characters on one line; each of a list its own.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it belongs to, 五比 or 四赛: 1 to 20 characters.' })
  group?: string | null;

  @Field(() => String, { defaultValue: '', description: 'What is looked at: 500 characters at the most.' })
  about!: string;

  @Field(() => CriterionKindWord, { defaultValue: CriterionKindWord.JUDGED })
  kind!: CriterionKind;

  @Field(() => Int, {
    description: 'In hundredths of a per cent: 2,500 is 25 %. To publish, those of a list add up to 10,000.',
  })
  weight!: number;

  @Field(() => ScoreScalar, { description: 'The lowest score that can be given.' })
  scaleMin!: number;

  @Field(() => ScoreScalar, { description: 'The highest score that can be given.' })
  scaleMax!: number;

  @Field(() => String, {
    defaultValue: '',
    description: 'What evidence entrants are asked for: 300 characters at the most; empty for none.',
  })
  evidenceAsked!: string;
}

@InputType('CompetitionJudgingInput', { description: 'How entries are judged.' })
export class JudgingInput {
  @Field(() => Int, { description: 'How many judges score each entry: 1 to 99.' })
  judgesPerEntry!: number;

  @Field(() => Int, { description: 'How many of them suffice once the time is over: 1 to `judgesPerEntry`.' })
  judgesNeeded!: number;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether judges see numbers instead of names.' })
  blind!: boolean;

  @Field(() => NormalisationWord, { defaultValue: NormalisationWord.NONE })
  normalise!: Normalisation;

  @Field(() => AggregationWord, { defaultValue: AggregationWord.MEAN })
  aggregate!: Aggregation;

  @Field(() => LatenessRuleWord, { defaultValue: LatenessRuleWord.WAIT })
  late!: LatenessRule;

  @Field(() => [TieBreakInput], {
    defaultValue: [],
    description: 'In the order in which they are tried, each once; who entered first decides in the end.',
  })
  tieBreaks!: TieBreakInput[];
}
