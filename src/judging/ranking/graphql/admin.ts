import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection, type Page } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { panelInScope } from '../../scope.ts';
import { placesOf, versionsOf } from '../queries.ts';
import type { Ranking } from '../ranking.entity.ts';
import type { RankingPlace } from '../ranking-place.entity.ts';
import { rankingInScope } from '../scope.ts';
import {
  RankingConnection,
  RankingPlaceConnection,
  type RankingPlaceView,
  RankingView,
  rankingPlaceView,
  rankingView,
} from './admin-views.ts';

@ArgsType()
class OfPanelArgs extends PageArgs {
  @Field(() => IdScalar)
  panelId!: string;
}

@ArgsType()
class OfRankingArgs extends PageArgs {
  @Field(() => IdScalar)
  rankingId!: string;
}

const NONE = { items: [], hasNextPage: false };

/** The rankings of the panels of a branch. */
@Resolver()
export class AdminRankingsResolver {
  @Permission('judging:read')
  @Query(() => RankingConnection, {
    description: 'The versions of the ranking of a panel of your branches, newest first; none for any other id.',
  })
  async rankings(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => OfPanelArgs) { panelId, ...args }: OfPanelArgs,
  ): Promise<Connection<RankingView>> {
    const page = pageAsked(args);
    const panel = await panelInScope(deps.db.manager, caller, 'judging:read', panelId);
    const found: Page<Ranking> = panel.ok ? await versionsOf(deps.db.manager, panelId, page) : NONE;
    return connection(found, ({ version }) => String(version), rankingView);
  }

  @Permission('judging:read')
  @Query(() => RankingView, {
    nullable: true,
    description: 'A version of the ranking of a panel of your branches; null for any other id.',
  })
  async ranking(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<RankingView | null> {
    const found = await rankingInScope(deps.db.manager, caller, 'judging:read', id);
    return found && rankingView(found);
  }

  @Permission('judging:read')
  @Query(() => RankingPlaceConnection, {
    description:
      'The places of a version of a ranking, from the first on; none for an id that ranking(id) does not know.',
  })
  async rankingPlaces(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => OfRankingArgs) { rankingId, ...args }: OfRankingArgs,
  ): Promise<Connection<RankingPlaceView>> {
    const page = pageAsked(args);
    const ranking = await rankingInScope(deps.db.manager, caller, 'judging:read', rankingId);
    const found: Page<RankingPlace> = ranking ? await placesOf(deps.db.manager, rankingId, page) : NONE;
    return connection(found, ({ place }) => String(place), rankingPlaceView);
  }
}
