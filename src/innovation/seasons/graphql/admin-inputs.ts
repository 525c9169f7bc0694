import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { CriterionInput, TieBreakInput } from '../../../judging/graphql/admin-inputs.ts';
import { ScoreScalar } from '../../../judging/graphql/score.ts';
import { AggregationWord, LatenessRuleWord, NormalisationWord } from '../../../judging/graphql/words.ts';
import { MOST_CRITERIA, MOST_PER_ENTRY } from '../../../judging/limits.ts';
import type { Aggregation, LatenessRule, Normalisation } from '../../../judging/panels/panel.entity.ts';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { PageArgs } from '../../../platform/graphql/page.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import type { FirmType, Ownership } from '../../../unions/firms/firm.entity.ts';
import { FirmTypeWord, OwnershipWord } from '../../../unions/firms/graphql/words.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';
import {
  LONGEST_ABOUT,
  LONGEST_FIELD,
  LONGEST_HONOUR,
  LONGEST_NAME,
  LONGEST_PART,
  MOST_CATEGORIES,
  MOST_FIELDS,
  MOST_GRADES,
  MOST_HONOURS,
  MOST_RESERVES,
} from '../limits.ts';
import type { SeasonState } from '../season.entity.ts';
import { SeasonStateWord } from './words.ts';

@InputType('SeasonJudgingInput', { description: 'How the achievements of a category are judged.' })
export class JudgingInput {
  @Field(() => Int, { description: `How many judges score each achievement: 1 to ${MOST_PER_ENTRY}.` })
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
    description: 'In the order in which they are tried, each once; what was declared first decides in the end.',
  })
  tieBreaks!: TieBreakInput[];
}

@InputType('SeasonReserveInput', {
  description:
    'Honours kept for a kind of firm, as far as there are candidates. A firm counts for the first reserve that it fits; one of which something is not known fits nothing that asks for it.',
})
export class ReserveInput {
  @Field(() => String, { description: `小微民营企业: 1 to ${LONGEST_PART} characters on one line.` })
  name!: string;

  @Field(() => [OwnershipWord], { nullable: true, description: 'Each once; left out for any.' })
  ownerships?: Ownership[] | null;

  @Field(() => [FirmTypeWord], { nullable: true, description: 'Each once; left out for any.' })
  firmTypes?: FirmType[] | null;

  @Field(() => Int, { nullable: true, description: 'How many may work there at the most; left out for any number.' })
  mostEmployees?: number | null;

  @Field(() => Int, { description: 'How many honours are kept.' })
  least!: number;
}

@InputType('SeasonGradeInput', {
  description: 'A grade of honour. Those honoured get the grades by rank, in this order.',
})
export class GradeInput {
  @Field(() => String, { description: `一等奖: 1 to ${LONGEST_PART} characters on one line.` })
  name!: string;

  @Field(() => Int, { description: 'How many get it. To open the season, those of a category add up to its honours.' })
  places!: number;

  @Field(() => String, {
    description: `As the certificate says it, 大连市职工技术创新成果一等奖: 1 to ${LONGEST_HONOUR} characters on one line.`,
  })
  honourName!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it is an activity event of the programme for each author.',
  })
  givesPoints!: boolean;
}

@InputType('SeasonCategoryInput', {
  description:
    'A category: what is judged together by one panel. Its number is its place in the list, from 1; an achievement belongs to the first that fits it.',
})
export class CategoryInput {
  @Field(() => String, { description: `1 to ${LONGEST_PART} characters on one line.` })
  name!: string;

  @Field(() => AchievementKindWord)
  kind!: AchievementKind;

  @Field(() => AchievementGroupWord, { nullable: true, description: 'Left out for both.' })
  group?: AchievementGroup | null;

  @Field(() => [String], {
    nullable: true,
    description: `Fields as achievements name them, 焊接: up to ${MOST_FIELDS}, each once, 1 to ${LONGEST_FIELD} characters; left out for all.`,
  })
  fields?: string[] | null;

  @Field(() => [CriterionInput], {
    description: `1 to ${MOST_CRITERIA}; to open the season, weights add up to 10,000.`,
  })
  criteria!: CriterionInput[];

  @Field(() => JudgingInput)
  judging!: JudgingInput;

  @Field(() => Int, { description: `How many are honoured at the most: 1 to ${MOST_HONOURS}.` })
  honoursAtMost!: number;

  @Field(() => ScoreScalar, {
    nullable: true,
    description: 'The total that everybody honoured has reached, 0 to 100; left out for none.',
  })
  leastTotal?: number | null;

  @Field(() => [ReserveInput], {
    defaultValue: [],
    description: `${MOST_RESERVES} at the most; together they keep no more than there are honours.`,
  })
  reserves!: ReserveInput[];

  @Field(() => [GradeInput], { description: `From the highest; ${MOST_GRADES} at the most.` })
  grades!: GradeInput[];
}

@InputType('SeasonPlanInput', { description: 'A season as it is planned.' })
export class SeasonPlanInput {
  @Field(() => String, { description: `1 to ${LONGEST_NAME} characters on one line.` })
  name!: string;

  @Field(() => Int, { description: '年度' })
  year!: number;

  @Field(() => String, { description: `What it is about, as members read it: 1 to ${LONGEST_ABOUT} characters.` })
  about!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'In whose points honours are paid: of the union or one above it; left out where none gives points.',
  })
  programmeId?: string | null;

  @Field(() => InstantScalar, { description: 'From then on achievements are declared.' })
  declareFrom!: Date;

  @Field(() => InstantScalar, { description: 'From then on no more.' })
  declareUntil!: Date;

  @Field(() => Int, { description: 'Working days of the notice of the list of honours: 1 to 60.' })
  noticeWorkingDays!: number;

  @Field(() => String, {
    description:
      'What the numbers of its certificates begin with: 2 to 10 capital letters or digits, a letter first; no other season has it.',
  })
  certificatePrefix!: string;

  @Field(() => [CategoryInput], {
    description: `In order; ${MOST_CATEGORIES} at the most, to open the season at least one.`,
  })
  categories!: CategoryInput[];
}

@ArgsType()
export class SeasonsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only those of the branch of this union, and open to it.' })
  unionId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Only those of this year.' })
  year?: number | null;

  @Field(() => SeasonStateWord, { nullable: true, description: 'Only those in this state.' })
  state?: SeasonState | null;
}

@ArgsType()
export class CopySeasonArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  seasonId!: string;

  @Field(() => Int, { description: 'Later than that of the season, by 10 at the most.' })
  year!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Left out for that of the season with the year in it replaced.',
  })
  certificatePrefix?: string | null;
}
