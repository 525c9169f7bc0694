import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { figureScope } from '../scope.ts';
import { seasonFigures } from '../season-figures.ts';
import { SeasonFiguresView, seasonFiguresView } from './admin-views.ts';

/** What seasons of innovation come to. */
@Resolver()
export class AdminSeasonFiguresResolver {
  @Permission('figures:read')
  @Query(() => SeasonFiguresView, {
    nullable: true,
    description:
      'The figures of a season as they are now, with those of the season before; null for a season that has nothing to do with your branches.',
  })
  async innovationSeasonFigures(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('seasonId', () => IdScalar) seasonId: string,
    @Arg('unionId', () => IdScalar, {
      nullable: true,
      description: 'The top of the branch to look at; else all of the season that is in your branches.',
    })
    unionId?: string | null,
  ): Promise<SeasonFiguresView | null> {
    const { manager } = deps.db;
    const scope = await figureScope(manager, caller, seasonId, unionId ?? undefined);
    return scope.ok ? seasonFiguresView(await seasonFigures(manager, scope.value)) : null;
  }
}
