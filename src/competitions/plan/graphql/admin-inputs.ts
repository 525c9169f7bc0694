import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { ScoreScalar } from '../../../judging/graphql/score.ts';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { PageArgs } from '../../../platform/graphql/page.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { ConditionInput } from '../../../rules/graphql/admin-definition-inputs.ts';
import { UnionKindWord } from '../../../unions/graphql/words.ts';
import { SkillLevelWord } from '../../../unions/skill/graphql/words.ts';
import type { SkillLevel } from '../../../unions/skill/member-skill.entity.ts';
import type { UnionKind } from '../../../unions/union-node.entity.ts';
import type { CompetitionState, Entrant } from '../competition.entity.ts';
import { LONGEST_ABOUT, LONGEST_NAME, LONGEST_PART, MOST_AWARDS, MOST_DIVISIONS, MOST_STAGES } from '../limits.ts';
import type { Advance, StageLevel, StageRound } from '../stage.entity.ts';
import { CriterionInput, JudgingInput } from './admin-judging-inputs.ts';
import { AdvanceKindWord, CompetitionStateWord, EntrantWord, StageLevelWord, StageRoundWord } from './words.ts';

const ELIGIBILITY =
  'Attributes that can be asked: 企业类型 (专精特新, 小巨人, 其他), 企业性质 (国有, 民营, 外资, 混合所有制, 事业单位), 行业, 职工人数, and of people 技能等级 (1 for 初级工 to 5 for 高级技师, in `trade`); besides age, sex, length of service and of membership, tags and branch.';

@InputType('CompetitionTeamInput', { description: 'How large a team is.' })
export class TeamInput {
  @Field(() => Int, { description: 'Members at the least, its captain among them: 2 to 50.' })
  min!: number;

  @Field(() => Int, { description: 'Members at the most, substitutes not counted: up to 50.' })
  max!: number;

  @Field(() => Int, { defaultValue: 0, description: 'Substitutes besides, 0 to 50.' })
  substitutesAtMost!: number;
}

@InputType('CompetitionDivisionInput', { description: 'A division. Its number is its place in the list, from 1.' })
export class DivisionInput {
  @Field(() => String, { description: `1 to ${LONGEST_PART} characters on one line.` })
  name!: string;

  @Field(() => String, { nullable: true, description: '工种 of this division; left out for that of the competition.' })
  trade?: string | null;

  @Field(() => ConditionInput, {
    nullable: true,
    description: `Who may enter it, besides being eligible for the competition; left out for all of those. ${ELIGIBILITY}`,
  })
  eligibility?: ConditionInput | null;
}

@InputType('CompetitionAdvanceInput', { description: 'Who goes on from a stage.' })
export class AdvanceInput {
  @Field(() => AdvanceKindWord)
  kind!: Advance['kind'];

  @Field(() => Int, { nullable: true, description: 'With TOP and TOP_PER_BRANCH: how many, 1 to 10,000.' })
  n?: number | null;

  @Field(() => UnionKindWord, {
    nullable: true,
    description: 'With TOP_PER_BRANCH: entries with the same nearest union of this kind are one branch.',
  })
  unionKind?: UnionKind | null;

  @Field(() => ScoreScalar, { nullable: true, description: 'With THRESHOLD: the total that is needed, 0 to 100.' })
  score?: number | null;
}

@InputType('CompetitionStageInput', { description: 'A stage. Its number is its place in the list, from 1.' })
export class StageInput {
  @Field(() => Int, { nullable: true, description: 'The number of its division; left out where there are none.' })
  division?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the stage that those go on to who advance; left out for the final of a division.',
  })
  parent?: number | null;

  @Field(() => String, { description: `1 to ${LONGEST_PART} characters on one line.` })
  name!: string;

  @Field(() => StageLevelWord)
  level!: StageLevel;

  @Field(() => StageRoundWord)
  round!: StageRound;

  @Field(() => IdScalar, {
    description:
      'Whose heat it is, the competition’s union or one below it. Where no stage feeds into it, the entries of its branch begin here, those that have no nearer one.',
  })
  unionId!: string;

  @Field(() => DayScalar, { description: 'Its first day: when entry has closed, and those that feed into it end.' })
  startsOn!: string;

  @Field(() => DayScalar, { description: 'Its last day.' })
  endsOn!: string;

  @Field(() => AdvanceInput, { nullable: true, description: 'Left out for a final.' })
  advance?: AdvanceInput | null;

  @Field(() => Int, { defaultValue: 0, description: 'How many more an admin may name to go on: 0 to 1,000.' })
  wildCards!: number;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it is judged live, with a scoreboard.' })
  isLive!: boolean;

  @Field(() => [CriterionInput], { nullable: true, description: 'Left out for those of the competition.' })
  criteria?: CriterionInput[] | null;

  @Field(() => JudgingInput, { nullable: true, description: 'Left out for that of the competition.' })
  judging?: JudgingInput | null;
}

@InputType('CompetitionAwardInput', { description: 'What each of some places of a stage wins.' })
export class AwardInput {
  @Field(() => Int, { description: 'The number of the stage.' })
  stage!: number;

  @Field(() => String, { description: `一等奖: 1 to ${LONGEST_PART} characters on one line.` })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: `The honour, as the certificate says it: 1 to ${LONGEST_NAME} characters; left out for none.`,
  })
  honourName?: string | null;

  @Field(() => Int, { description: 'The first place that wins it: 1 to 10,000.' })
  fromPlace!: number;

  @Field(() => Int, { description: 'The last place that wins it. Those of one stage may not overlap.' })
  toPlace!: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether winning it is an activity event contest.award of the competition’s programme.',
  })
  givesPoints!: boolean;

  @Field(() => SkillLevelWord, {
    nullable: true,
    description: 'What winners are raised to in the trade of their division; left out for none.',
  })
  skillLevel?: SkillLevel | null;

  @Field(() => FenScalar, { defaultValue: 0, description: 'What each place is paid, 0 to 10,000,000,000.' })
  subsidyFen!: number;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'Who pays it: a union below or above that of the competition; left out for that one itself.',
  })
  payerUnionId?: string | null;
}

@InputType('CompetitionPlanInput', { description: 'A competition as it is planned (竞赛方案).' })
export class CompetitionPlanInput {
  @Field(() => String, { description: `1 to ${LONGEST_NAME} characters on one line.` })
  name!: string;

  @Field(() => Int, { description: '2000 to 2100.' })
  year!: number;

  @Field(() => String, { description: `What it is about, as members read it: 1 to ${LONGEST_ABOUT} characters.` })
  about!: string;

  @Field(() => EntrantWord)
  entrant!: Entrant;

  @Field(() => TeamInput, { nullable: true, description: 'With TEAM only.' })
  team?: TeamInput | null;

  @Field(() => InstantScalar, { description: 'From then on it can be entered.' })
  entryFrom!: Date;

  @Field(() => InstantScalar, { description: 'From then on no more.' })
  entryUntil!: Date;

  @Field(() => InstantScalar, {
    description: 'Until then entries can be withdrawn and members substituted; `entryUntil` or later.',
  })
  changeUntil!: Date;

  @Field(() => String, {
    nullable: true,
    description: '工种, in which the skill level of entrants is asked and raised; left out for any.',
  })
  trade?: string | null;

  @Field(() => ConditionInput, {
    nullable: true,
    description: `Who may enter; left out for everybody in the branch. ${ELIGIBILITY}`,
  })
  eligibility?: ConditionInput | null;

  @Field(() => [CriterionInput], { description: '1 to 30, for every stage that has none of its own.' })
  criteria!: CriterionInput[];

  @Field(() => JudgingInput, { description: 'For every stage that has none of its own.' })
  judging!: JudgingInput;

  @Field(() => Int, { defaultValue: 5, description: 'Working days of the notice of a ranking, 1 to 60.' })
  noticeWorkingDays!: number;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'In whose points awards are paid: of the competition’s union or one above it; left out for no points.',
  })
  programmeId?: string | null;

  @Field(() => FenScalar, { description: 'What all subsidies add up to, to the fen: checked at publishing.' })
  budgetFen!: number;

  @Field(() => String, {
    description:
      'What the numbers of its certificates begin with, AH2026: 2 to 10 capital letters or digits, a letter first; no other competition has it.',
  })
  certificatePrefix!: string;

  @Field(() => [DivisionInput], { defaultValue: [], description: `${MOST_DIVISIONS} at the most.` })
  divisions!: DivisionInput[];

  @Field(() => [StageInput], {
    description: `${MOST_STAGES} at the most. To publish, those of each division form a tree with one final.`,
  })
  stages!: StageInput[];

  @Field(() => [AwardInput], { defaultValue: [], description: `${MOST_AWARDS} at the most.` })
  awards!: AwardInput[];
}

@ArgsType()
export class CompetitionsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only those of the branch of this union, and open to it.' })
  unionId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Only those of this year.' })
  year?: number | null;

  @Field(() => CompetitionStateWord, { nullable: true, description: 'Only those in this state.' })
  state?: CompetitionState | null;
}

@ArgsType()
export class AmendCompetitionArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => String, { nullable: true, description: `Another description: 1 to ${LONGEST_ABOUT} characters.` })
  about?: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'A later end of the entry.' })
  entryUntil?: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'A later end of withdrawal and substitution.' })
  changeUntil?: Date | null;
}

@ArgsType()
export class CopyPlanArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => Int, { description: 'Later than that of the competition, by 10 at the most.' })
  year!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The prefix of the copy; left out, that of the competition with the year in it replaced.',
  })
  certificatePrefix?: string | null;
}
