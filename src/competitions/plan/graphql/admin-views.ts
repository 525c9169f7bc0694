import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { ConditionView } from '../../../rules/graphql/admin-condition-views.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import type { Competition, CompetitionState, Entrant } from '../competition.entity.ts';
import { MOST_AWARDS, MOST_DIVISIONS, MOST_TROUBLES } from '../limits.ts';
import { awardsLoader, divisionsLoader, stagesLoaders, troublesLoader } from '../loaders.ts';
import { teamOf } from '../read-plan.ts';
import { CriterionView, criterionView, JudgingView, judgingView } from './admin-judging-views.ts';
import {
  AwardView,
  awardView,
  DivisionView,
  divisionView,
  StageConnection,
  type StageView,
  stageView,
} from './admin-part-views.ts';
import { eligibilityInWords, eligibilityViews } from './eligibility-words.ts';
import { CompetitionStateWord, EntrantWord } from './words.ts';

@ObjectType('CompetitionTeam', { description: 'How large a team is.', simpleResolvers: true })
class TeamView {
  @Field(() => Int, { description: 'Members at the least, the captain among them.' })
  min!: number;

  @Field(() => Int, { description: 'Members at the most, substitutes not counted.' })
  max!: number;

  @Field(() => Int, { description: 'Substitutes besides.' })
  substitutesAtMost!: number;
}

@ObjectType('Competition', {
  description: '技能竞赛: a skill competition of a union, open to its whole branch.',
  simpleResolvers: true,
})
export class CompetitionView {
  row!: Competition;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: '年度' })
  year!: number;

  @Field(() => String, { description: 'What it is about, as members read it.' })
  about!: string;

  @Field(() => CompetitionStateWord)
  state!: CompetitionState;

  @Field(() => EntrantWord)
  entrant!: Entrant;

  @Field(() => TeamView, { nullable: true, description: 'With TEAM; else null.' })
  team!: TeamView | null;

  @Field(() => InstantScalar, { description: 'From then on it can be entered.' })
  entryFrom!: Date;

  @Field(() => InstantScalar, { description: 'From then on no more.' })
  entryUntil!: Date;

  @Field(() => InstantScalar, { description: 'Until then entries can be withdrawn and members substituted.' })
  changeUntil!: Date;

  @Field(() => String, { nullable: true, description: '工种; null for any.' })
  trade!: string | null;

  @Field(() => [CriterionView], { description: 'Of every stage that has none of its own; 30 at the most.' })
  criteria!: CriterionView[];

  @Field(() => JudgingView, { description: 'Of every stage that has none of its own.' })
  judging!: JudgingView;

  @Field(() => Int, { description: 'Working days of the notice of a ranking.' })
  noticeWorkingDays!: number;

  @Field(() => IdScalar, { nullable: true, description: 'In whose points awards are paid; null for none.' })
  programmeId!: string | null;

  @Field(() => FenScalar, { description: 'What all subsidies add up to.' })
  budgetFen!: number;

  @Field(() => String, { description: 'What the numbers of its certificates begin with.' })
  certificatePrefix!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'The competition whose plan it was copied from; null for one planned anew.',
  })
  copiedFrom!: string | null;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  publishedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  cancelledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was called off; null when it was not.' })
  cancelReason!: string | null;

  @Field(() => UnionView, { description: 'Whose competition it is; its whole branch may enter.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.row.unionId))!);
  }

  @Field(() => [ConditionView], {
    description: 'Who may enter, each condition before those inside it: 60 at the most, and none for everybody.',
  })
  eligibility(@Ctx() context: AdminContext): Promise<ConditionView[]> {
    return eligibilityViews(context, this.row.eligibility);
  }

  @Field(() => String, { nullable: true, description: 'The same as members read it; null for everybody.' })
  eligibilityInWords(@Ctx() context: AdminContext): Promise<string | null> {
    return eligibilityInWords(context, this.row.eligibility);
  }

  @Field(() => [DivisionView], { description: `In order, ${MOST_DIVISIONS} at the most.` })
  async divisions(@Ctx() context: AdminContext): Promise<DivisionView[]> {
    return (await loader(context, divisionsLoader).load(this.id)).map(divisionView);
  }

  @Field(() => StageConnection, { description: 'In order.' })
  async stages(@Ctx() context: AdminContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<StageView>> {
    const found = await loader(context, stagesLoaders)(pageAsked(page)).load(this.id);
    return connection(found, (stage) => String(stage.number), stageView);
  }

  @Field(() => [AwardView], { description: `In order, ${MOST_AWARDS} at the most.` })
  async awards(@Ctx() context: AdminContext): Promise<AwardView[]> {
    return (await loader(context, awardsLoader).load(this.id)).map(awardView);
  }

  @Field(() => [RefusalView], {
    description: `All that keeps a draft from being published now, ${MOST_TROUBLES} at the most: the codes of publishCompetition, each with its place in the plan. None once it is no draft.`,
  })
  async troubles(@Ctx() context: AdminContext): Promise<RefusalView[]> {
    const troubles = await loader(context, troublesLoader).load(this.id);
    return troubles.slice(0, MOST_TROUBLES).map((one) => refusalView(one, context.language));
  }
}

export const CompetitionConnection = connectionType(CompetitionView, 'Competition');

export function competitionView(row: Competition): CompetitionView {
  const { id, name, year, about, state, entrant, entryFrom, entryUntil, changeUntil, trade } = row;
  const { noticeWorkingDays, programmeId, budgetFen, certificatePrefix, copiedFrom } = row;
  const { createdAt, publishedAt, cancelledAt, cancelReason } = row;
  const team = teamOf(row);
  return Object.assign(new CompetitionView(), {
    ...{ row, id, name, year, about, state, entrant, entryFrom, entryUntil, changeUntil, trade },
    ...{ noticeWorkingDays, programmeId, budgetFen, certificatePrefix, copiedFrom },
    ...{ createdAt, publishedAt, cancelledAt, cancelReason },
    team: team && Object.assign(new TeamView(), team),
    criteria: row.criteria.map(criterionView),
    judging: judgingView(row.judging),
  });
}
