import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { ScoreScalar } from '../../../judging/graphql/score.ts';
import { CriterionKindWord } from '../../../judging/graphql/words.ts';
import type { CriterionKind } from '../../../judging/panels/criterion.entity.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, FenScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { SkillLevelWord } from '../../../unions/skill/graphql/words.ts';
import type { SkillLevel } from '../../../unions/skill/member-skill.entity.ts';
import type { Award } from '../award.entity.ts';
import type { Competition } from '../competition.entity.ts';
import type { PlanCriterion } from '../criteria.ts';
import type { Division } from '../division.entity.ts';
import { stageLoader } from '../loaders.ts';
import type { Stage, StageLevel, StageRound, StageState } from '../stage.entity.ts';
import { eligibilityInWords } from './eligibility-words.ts';
import { ownObstacle } from './own-obstacle.ts';
import { StageLevelWord, StageRoundWord, StageStateWord } from './words.ts';

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

@ObjectType('CompetitionDivision', { description: '组别: its entries are ranked apart.', simpleResolvers: true })
export class DivisionView {
  row!: Division;
  competition!: Competition;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: '工种; null for that of the competition.' })
  trade!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who may enter it, besides being eligible for the competition; null for all of those.',
  })
  eligibilityInWords(@Ctx() context: MemberContext): Promise<string | null> {
    return eligibilityInWords(context, this.row.eligibility);
  }

  @Field(() => String, {
    nullable: true,
    description: 'What keeps you from entering it, or your firm where firms enter; null when nothing does.',
  })
  ownObstacle(@Ctx() context: MemberContext): Promise<string | null> {
    return ownObstacle(context, this.competition, this.row);
  }
}

@ObjectType('CompetitionStage', {
  description: '赛段: a heat of a competition, or what heats feed into.',
  simpleResolvers: true,
})
export class StageView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  number!: number;

  @Field(() => IdScalar, { nullable: true, description: 'Null in a competition without divisions.' })
  divisionId!: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The stage that it feeds into; null for a final.' })
  parentId!: string | null;

  @Field(() => String)
  name!: string;

  @Field(() => StageLevelWord)
  level!: StageLevel;

  @Field(() => StageRoundWord)
  round!: StageRound;

  @Field(() => StageStateWord)
  state!: StageState;

  @Field(() => String, { nullable: true, description: 'Why it was left vacant, as nobody came to it; else null.' })
  vacantReason!: string | null;

  @Field(() => DayScalar, { description: 'Its first day.' })
  startsOn!: string;

  @Field(() => DayScalar, { description: 'Its last day.' })
  endsOn!: string;

  @Field(() => Boolean, { description: 'Whether it is judged live, with a scoreboard.' })
  isLive!: boolean;

  @Field(() => [CriterionView], {
    nullable: true,
    description: 'Its own, 30 at the most; null for those of the competition.',
  })
  criteria!: CriterionView[] | null;

  unionId!: string;

  @Field(() => String, { description: 'Whose heat it is.' })
  async unionName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.unionId))!.name;
  }
}

export const StageConnection = connectionType(StageView, 'CompetitionStage');

@ObjectType('CompetitionAward', {
  description: '奖项: what each of some places of a stage wins.',
  simpleResolvers: true,
})
export class AwardView {
  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'The honour; null for none.' })
  honourName!: string | null;

  @Field(() => IdScalar)
  stageId!: string;

  @Field(() => Int, { description: 'The first place that wins it.' })
  fromPlace!: number;

  @Field(() => Int, { description: 'The last place that wins it.' })
  toPlace!: number;

  @Field(() => Boolean, { description: 'Whether winning it may earn points.' })
  givesPoints!: boolean;

  @Field(() => SkillLevelWord, { nullable: true, description: 'What winners are raised to; null for none.' })
  skillLevel!: SkillLevel | null;

  @Field(() => FenScalar, { description: 'What each place is paid.' })
  subsidyFen!: number;

  @Field(() => String)
  async stageName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, stageLoader).load(this.stageId))!.name;
  }
}

export function criterionView(criterion: PlanCriterion, i: number): CriterionView {
  const { name, group, about, kind, weight, scaleMin, scaleMax, evidenceAsked } = criterion;
  const scored = { kind, weight, scaleMin, scaleMax, evidenceAsked };
  return Object.assign(new CriterionView(), { number: i + 1, name, group, about, ...scored });
}

export function divisionView(row: Division, competition: Competition): DivisionView {
  const { id, number, name, trade } = row;
  return Object.assign(new DivisionView(), { row, competition, id, number, name, trade });
}

export function stageView(stage: Stage): StageView {
  const { id, competitionId, number, divisionId, parentId, name, level, round, state, vacantReason } = stage;
  const { startsOn, endsOn, isLive, unionId, criteria } = stage;
  return Object.assign(new StageView(), {
    ...{ id, competitionId, number, divisionId, parentId, name, level, round, state, vacantReason, startsOn, endsOn },
    ...{ isLive, unionId, criteria: criteria?.map(criterionView) ?? null },
  });
}

export function awardView(award: Award): AwardView {
  const { number, name, honourName, stageId, fromPlace, toPlace, givesPoints, skillLevel, subsidyFen } = award;
  const won = { number, name, honourName, stageId, fromPlace, toPlace, givesPoints, skillLevel, subsidyFen };
  return Object.assign(new AwardView(), won);
}
