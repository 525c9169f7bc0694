import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { ScoreScalar } from '../../../judging/graphql/score.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, FenScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { ConditionView } from '../../../rules/graphql/admin-condition-views.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { UnionKindWord } from '../../../unions/graphql/words.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { SkillLevelWord } from '../../../unions/skill/graphql/words.ts';
import type { SkillLevel } from '../../../unions/skill/member-skill.entity.ts';
import type { UnionKind } from '../../../unions/union-node.entity.ts';
import type { Award } from '../award.entity.ts';
import type { Division } from '../division.entity.ts';
import { divisionLoader, stageLoader } from '../loaders.ts';
import type { Advance, Stage, StageLevel, StageRound, StageState } from '../stage.entity.ts';
import { CriterionView, criterionView, JudgingView, judgingView } from './admin-judging-views.ts';
import { eligibilityInWords, eligibilityViews } from './eligibility-words.ts';
import { AdvanceKindWord, StageLevelWord, StageRoundWord, StageStateWord } from './words.ts';

@ObjectType('CompetitionDivision', { description: '组别: its entries are ranked apart.', simpleResolvers: true })
export class DivisionView {
  row!: Division;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => Int, { description: 'Its place in the plan, from 1.' })
  number!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: '工种; null for that of the competition.' })
  trade!: string | null;

  @Field(() => [ConditionView], {
    description:
      'Who may enter it besides being eligible for the competition, each before those inside it; 60 at the most.',
  })
  eligibility(@Ctx() context: AdminContext): Promise<ConditionView[]> {
    return eligibilityViews(context, this.row.eligibility);
  }

  @Field(() => String, { nullable: true, description: 'The same as members read it; null for everybody.' })
  eligibilityInWords(@Ctx() context: AdminContext): Promise<string | null> {
    return eligibilityInWords(context, this.row.eligibility);
  }
}

@ObjectType('CompetitionAdvance', { description: '晋级规则: who goes on from a stage.', simpleResolvers: true })
class AdvanceView {
  @Field(() => AdvanceKindWord)
  kind!: Advance['kind'];

  @Field(() => Int, { nullable: true, description: 'With TOP and TOP_PER_BRANCH: how many; else null.' })
  n!: number | null;

  @Field(() => UnionKindWord, { nullable: true, description: 'With TOP_PER_BRANCH: what a branch is; else null.' })
  unionKind!: UnionKind | null;

  @Field(() => ScoreScalar, {
    nullable: true,
    description: 'With THRESHOLD: the total that is needed, 0 to 100; else null.',
  })
  score!: number | null;
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

  @Field(() => AdvanceView, { nullable: true, description: 'Null for a final.' })
  advance!: AdvanceView | null;

  @Field(() => Int, { description: 'How many more an admin may name to go on.' })
  wildCards!: number;

  @Field(() => Boolean, { description: 'Whether it is judged live, with a scoreboard.' })
  isLive!: boolean;

  @Field(() => [CriterionView], {
    nullable: true,
    description: 'Its own, 30 at the most; null for those of the competition.',
  })
  criteria!: CriterionView[] | null;

  @Field(() => JudgingView, { nullable: true, description: 'Its own; null for that of the competition.' })
  judging!: JudgingView | null;

  divisionId!: string | null;
  unionId!: string;

  @Field(() => DivisionView, { nullable: true, description: 'Null in a competition without divisions.' })
  async division(@Ctx() context: AdminContext): Promise<DivisionView | null> {
    const division = this.divisionId === null ? null : await loader(context, divisionLoader).load(this.divisionId);
    return division && divisionView(division);
  }

  @Field(() => UnionView, { description: 'Whose heat it is.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.unionId))!);
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

  @Field(() => String, { nullable: true, description: 'The honour, as the certificate says it; null for none.' })
  honourName!: string | null;

  @Field(() => Int, { description: 'The first place that wins it.' })
  fromPlace!: number;

  @Field(() => Int, { description: 'The last place that wins it.' })
  toPlace!: number;

  @Field(() => Boolean, { description: 'Whether winning it is an activity event of the programme.' })
  givesPoints!: boolean;

  @Field(() => SkillLevelWord, { nullable: true, description: 'What winners are raised to; null for none.' })
  skillLevel!: SkillLevel | null;

  @Field(() => FenScalar, { description: 'What each place is paid.' })
  subsidyFen!: number;

  stageId!: string;
  payerUnionId!: string;

  @Field(() => StageView, { description: 'The stage whose places win it.' })
  async stage(@Ctx() context: AdminContext): Promise<StageView> {
    return stageView((await loader(context, stageLoader).load(this.stageId))!);
  }

  @Field(() => UnionView, { description: 'Who pays the subsidy.' })
  async payer(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.payerUnionId))!);
  }
}

export function divisionView(row: Division): DivisionView {
  const { id, number, name, trade } = row;
  return Object.assign(new DivisionView(), { row, id, number, name, trade });
}

export function stageView(stage: Stage): StageView {
  const { id, competitionId, number, parentId, name, level, round, state, startsOn, endsOn, wildCards } = stage;
  const { isLive, divisionId, unionId, vacantReason, advance, criteria, judging } = stage;
  return Object.assign(new StageView(), {
    ...{ id, competitionId, number, parentId, name, level, round, state, startsOn, endsOn, wildCards },
    ...{ isLive, divisionId, unionId, vacantReason },
    advance: advance && advanceView(advance),
    criteria: criteria?.map(criterionView) ?? null,
    judging: judging && judgingView(judging),
  });
}

function advanceView(advance: Advance): AdvanceView {
  const none = { n: null, unionKind: null, score: null };
  const score = advance.kind === 'threshold' ? { score: advance.score / 1000 } : {};
  return Object.assign(new AdvanceView(), { ...none, ...advance, ...score });
}

export function awardView(award: Award): AwardView {
  const { number, name, honourName, fromPlace, toPlace, givesPoints, skillLevel, subsidyFen } = award;
  const { stageId, payerUnionId } = award;
  const won = { number, name, honourName, fromPlace, toPlace, givesPoints, skillLevel, subsidyFen };
  return Object.assign(new AwardView(), { ...won, stageId, payerUnionId });
}
