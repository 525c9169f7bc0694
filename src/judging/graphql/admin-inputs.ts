import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { KEY } from '../../platform/graphql/mutation.ts';
import { PageArgs } from '../../platform/graphql/page.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import {
  LONGEST_ABOUT,
  LONGEST_ASKED,
  LONGEST_CRITERION,
  LONGEST_NAME,
  LONGEST_REASON,
  MOST_CRITERIA,
  MOST_PER_ENTRY,
} from '../limits.ts';
import type { CriterionKind } from '../panels/criterion.entity.ts';
import type { Aggregation, LatenessRule, Normalisation, PanelState, TieBreak } from '../panels/panel.entity.ts';
import type { PanelTerms } from '../panels/terms.ts';
import { ScoreScalar } from './score.ts';
import {
  AggregationWord,
  CriterionKindWord,
  LatenessRuleWord,
  NormalisationWord,
  PanelStateWord,
  TieBreakKindWord,
} from './words.ts';

@InputType('CriterionInput', { description: 'A criterion of a panel; its number is its place, 1 for the first.' })
export class CriterionInput {
  @Field(() => String, { description: `1 to ${LONGEST_CRITERION} characters, each name once.` })
  name!: string;

  @Field(() => String, { defaultValue: '', description: `What is looked at; ${LONGEST_ABOUT} characters at the most.` })
  about!: string;

  @Field(() => CriterionKindWord)
  kind!: CriterionKind;

  @Field(() => Int, {
    description: 'In hundredths of a percent: 2,500 is 25 %. All together must make 10,000 before scoring opens.',
  })
  weight!: number;

  @Field(() => ScoreScalar, { description: 'The least score that can be given.' })
  scaleMin!: number;

  @Field(() => ScoreScalar, { description: 'The highest score that can be given; ±1,000,000 at the most.' })
  scaleMax!: number;

  @Field(() => String, {
    defaultValue: '',
    description: `What evidence candidates are asked for; ${LONGEST_ASKED} characters at the most.`,
  })
  evidenceAsked!: string;
}

@InputType('TieBreakInput', { description: 'Which of two candidates with the same total stands first.' })
export class TieBreakInput {
  @Field(() => TieBreakKindWord)
  kind!: TieBreak['kind'];

  @Field(() => Int, { nullable: true, description: 'With CRITERION: the number of the criterion; else left out.' })
  number?: number | null;
}

@InputType('PanelTermsInput', { description: 'How a panel judges. Fixed once scoring opens, but for the deadline.' })
export class PanelTermsInput {
  @Field(() => String, { description: `1 to ${LONGEST_NAME} characters.` })
  name!: string;

  @Field(() => Int, { description: `How many judges score each candidate, 1 to ${MOST_PER_ENTRY}.` })
  judgesPerEntry!: number;

  @Field(() => Int, { description: 'How many of them suffice with WITHOUT once the deadline is over.' })
  judgesNeeded!: number;

  @Field(() => Boolean, { description: 'Whether judges see numbers instead of names.' })
  blind!: boolean;

  @Field(() => NormalisationWord)
  normalise!: Normalisation;

  @Field(() => AggregationWord)
  aggregate!: Aggregation;

  @Field(() => LatenessRuleWord)
  late!: LatenessRule;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'From then on nobody scores any more; needed before scoring opens.',
  })
  scoreUntil?: Date | null;

  @Field(() => [TieBreakInput], { defaultValue: [], description: 'In the order in which they are tried, each once.' })
  tieBreaks!: TieBreakInput[];

  @Field(() => [CriterionInput], { description: `1 to ${MOST_CRITERIA}.` })
  criteria!: CriterionInput[];
}

@ArgsType()
export class PanelsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only panels of the branch of this union.' })
  unionId?: string | null;

  @Field(() => PanelStateWord, { nullable: true, description: 'Only panels in this state.' })
  state?: PanelState | null;
}

@ArgsType()
export class JudgesAtHandArgs extends PageArgs {
  @Field(() => IdScalar)
  panelId!: string;

  @Field(() => String, { nullable: true, description: 'Only those whose name or login begins so.' })
  search?: string | null;
}

@ArgsType()
export class InviteJudgeArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  panelId!: string;

  @Field(() => IdScalar, { description: 'One of judgesAtHand.' })
  adminId!: string;

  @Field(() => [Int], {
    nullable: true,
    description:
      'The numbers of the criteria to judge; null for all that are judged. Two judges of a panel judge all the same or all different ones.',
  })
  criteria?: number[] | null;
}

@ArgsType()
export class JudgeConflictArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  judgeId!: string;

  @Field(() => IdScalar, {
    description: 'A union of the panel’s branch; its branches and the firm above are meant too.',
  })
  unionId!: string;

  @Field(() => String, { description: `1 to ${LONGEST_REASON} characters.` })
  reason!: string;
}

@ArgsType()
export class VoidSheetArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  judgeId!: string;

  @Field(() => Int, { description: 'The candidate’s number of order, not the blind one.' })
  number!: number;

  @Field(() => String, { description: `1 to ${LONGEST_REASON} characters.` })
  reason!: string;
}

/** The terms as the use cases know them: what was not given is null. A tie-break by no criterion names criterion 0. */
export function termsGiven({ criteria, tieBreaks, scoreUntil = null, ...settings }: PanelTermsInput): PanelTerms {
  return {
    ...settings,
    scoreUntil,
    tieBreaks: tieBreaks.map(({ kind, number }) => (kind === 'criterion' ? { kind, number: number ?? 0 } : { kind })),
    criteria: criteria.map((criterion) => ({ ...criterion })),
  };
}
