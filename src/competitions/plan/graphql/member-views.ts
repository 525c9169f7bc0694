import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import type { Competition, CompetitionState, Entrant } from '../competition.entity.ts';
import { MOST_AWARDS, MOST_DIVISIONS } from '../limits.ts';
import { awardsLoader, divisionsLoader, stagesLoaders } from '../loaders.ts';
import { teamOf } from '../read-plan.ts';
import { eligibilityInWords } from './eligibility-words.ts';
import {
  AwardView,
  awardView,
  CriterionView,
  criterionView,
  DivisionView,
  divisionView,
  StageConnection,
  type StageView,
  stageView,
} from './member-part-views.ts';
import { ownObstacle } from './own-obstacle.ts';
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
  description: '技能竞赛: a skill competition that your union, or one above it, has published.',
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

  @Field(() => String, { description: 'What it is about.' })
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

  @Field(() => InstantScalar)
  publishedAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  cancelledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was called off; null when it was not.' })
  cancelReason!: string | null;

  @Field(() => String, { description: 'Whose competition it is.' })
  async unionName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.row.unionId))!.name;
  }

  @Field(() => String, { nullable: true, description: 'Who may enter; null for everybody.' })
  eligibilityInWords(@Ctx() context: MemberContext): Promise<string | null> {
    return eligibilityInWords(context, this.row.eligibility);
  }

  @Field(() => String, {
    nullable: true,
    description:
      'What keeps you from entering, or your firm where firms enter; null when nothing does. Divisions may ask more.',
  })
  ownObstacle(@Ctx() context: MemberContext): Promise<string | null> {
    return ownObstacle(context, this.row, null);
  }

  @Field(() => [DivisionView], { description: `In order, ${MOST_DIVISIONS} at the most.` })
  async divisions(@Ctx() context: MemberContext): Promise<DivisionView[]> {
    const divisions = await loader(context, divisionsLoader).load(this.id);
    return divisions.map((division) => divisionView(division, this.row));
  }

  @Field(() => StageConnection, { description: 'In order.' })
  async stages(@Ctx() context: MemberContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<StageView>> {
    const found = await loader(context, stagesLoaders)(pageAsked(page)).load(this.id);
    return connection(found, (stage) => String(stage.number), stageView);
  }

  @Field(() => [AwardView], { description: `In order, ${MOST_AWARDS} at the most.` })
  async awards(@Ctx() context: MemberContext): Promise<AwardView[]> {
    return (await loader(context, awardsLoader).load(this.id)).map(awardView);
  }
}

export const CompetitionConnection = connectionType(CompetitionView, 'Competition');

export function competitionView(row: Competition): CompetitionView {
  const { id, name, year, about, state, entrant, entryFrom, entryUntil, changeUntil, trade } = row;
  const { publishedAt, cancelledAt, cancelReason } = row;
  const team = teamOf(row);
  return Object.assign(new CompetitionView(), {
    ...{ row, id, name, year, about, state, entrant, entryFrom, entryUntil, changeUntil, trade },
    ...{ publishedAt, cancelledAt, cancelReason },
    team: team && Object.assign(new TeamView(), team),
    criteria: row.criteria.map(criterionView),
  });
}
