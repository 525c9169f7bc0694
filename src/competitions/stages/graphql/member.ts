import { Arg, Ctx, Field, Float, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { inHundred } from '../../../judging/ranking/marks.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { MOST_STANDINGS } from '../scoreboard/make-scoreboards.ts';
import { readScoreboard } from '../scoreboard/read-scoreboard.ts';
import type { Scoreboard, Standing } from '../scoreboard/scoreboard.entity.ts';

@ObjectType('ScoreboardStanding', { description: 'Where an entry of a live stage stands.', simpleResolvers: true })
class StandingView {
  @Field(() => Int, { description: '1 for the first.' })
  place!: number;

  @Field(() => IdScalar)
  entryId!: string;

  @Field(() => String, { description: 'Of the firm or team; of a member with all but the ends hidden.' })
  name!: string;

  @Field(() => Float, { description: 'The total, 0 to 100, to the millionth.' })
  total!: number;
}

@ObjectType('Scoreboard', { description: '记分牌: how a live stage stands.', simpleResolvers: true })
class ScoreboardView {
  @Field(() => IdScalar)
  stageId!: string;

  @Field(() => Int, { description: 'Give it as `since` the next time. One more for each change.' })
  version!: number;

  @Field(() => InstantScalar)
  madeAt!: Date;

  @Field(() => Int, { description: 'How many take part.' })
  candidateCount!: number;

  @Field(() => Int, { description: 'How many of them have all their scores.' })
  scoredCount!: number;

  @Field(() => [StandingView], {
    description: `Those who have all their scores, the first first: ${MOST_STANDINGS} at the most.`,
  })
  standings!: StandingView[];
}

/** What members see of stages while they go on. */
@Resolver()
export class MemberStagesResolver {
  @Permission('self')
  @Query(() => ScoreboardView, {
    nullable: true,
    description:
      'How a live stage stands, judged before an audience and so shown to every member. Ask every two seconds or so with the version that you have as `since`: null when there is nothing newer, and for a stage without a scoreboard.',
  })
  async scoreboard(
    @Ctx() { deps }: MemberContext,
    @Arg('stageId', () => IdScalar) stageId: string,
    @Arg('since', () => Int, { nullable: true, description: 'The version that you have; all when not given.' })
    since?: number | null,
  ): Promise<ScoreboardView | null> {
    const board = await readScoreboard(deps.db, stageId);
    return board === null || board.version === since ? null : scoreboardView(board);
  }
}

function scoreboardView(board: Scoreboard): ScoreboardView {
  const { stageId, version, madeAt, candidateCount, scoredCount, standings } = board;
  return Object.assign(new ScoreboardView(), {
    ...{ stageId, version, madeAt, candidateCount, scoredCount, standings: standings.map(standingView) },
  });
}

function standingView({ place, entryId, name, total }: Standing): StandingView {
  return Object.assign(new StandingView(), { place, entryId, name, total: inHundred(total) });
}
