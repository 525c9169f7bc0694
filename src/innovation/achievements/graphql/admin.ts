import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { branchesOf } from '../../../identity/queries.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { branches } from '../../../unions/graphql/admin-answers.ts';
import { seasonInScope } from '../../seasons/scope.ts';
import { MOST_SHOWN, possibleDuplicates } from '../duplicates/possible-duplicates.ts';
import { LONGEST_SEARCH } from '../limits.ts';
import { type AchievementFilter, achievementsIn } from '../list.ts';
import { draftsOf, submittedTexts } from '../queries.ts';
import { achievementInScope, achievementToRead } from '../scope.ts';
import { AchievementsArgs } from './admin-inputs.ts';
import {
  AchievementTextConnection,
  type AchievementTextView,
  achievementTextView,
  PossibleDuplicateView,
  possibleDuplicateView,
} from './admin-part-views.ts';
import { AchievementConnection, AchievementView, achievementView } from './admin-views.ts';

const NONE = { items: [], hasNextPage: false };

/** The achievements of the caller's branches. */
@Resolver()
export class AdminAchievementsResolver {
  @Permission('achievements:read')
  @Query(() => AchievementConnection, {
    description: 'The achievements that were submitted in your branches, the newest first; drafts are not among them.',
  })
  async achievements(
    @Ctx() context: AdminContext,
    @Args(() => AchievementsArgs) { unionId, search, ...given }: AchievementsArgs,
  ): Promise<Connection<AchievementView>> {
    const { first, after, ...asked } = given;
    const page = pageAsked({ first: first ?? null, after: after ?? null });
    const unionPaths = await pathsRead(context, unionId, asked.seasonId);
    const isNone = unionPaths?.length === 0 || (search?.length ?? 0) > LONGEST_SEARCH;
    const filter: AchievementFilter = Object.fromEntries(
      Object.entries({ ...asked, unionPaths, search }).filter(([, value]) => value !== null && value !== undefined),
    );
    const found = isNone ? NONE : await achievementsIn(context.deps.db.manager, filter, page);
    return connection(found, ({ id }) => id, achievementView);
  }

  @Permission('achievements:read')
  @Query(() => AchievementView, {
    nullable: true,
    description:
      'An achievement that was submitted in your branches, or a draft for a member there; null for any other id.',
  })
  async achievement(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<AchievementView | null> {
    const found = await achievementToRead(deps.db.manager, caller, id);
    return found.ok ? achievementView(found.value) : null;
  }

  @Permission('achievements:declare')
  @Query(() => AchievementConnection, { description: 'The drafts that you have made for members, the newest first.' })
  async achievementDrafts(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<AchievementView>> {
    const found = await draftsOf(deps.db.manager, caller.actor, pageAsked(page));
    return connection(found, ({ id }) => id, achievementView);
  }

  @Permission('achievements:read')
  @Query(() => AchievementTextConnection, {
    description:
      'What an achievement said each time that it was submitted, the newest first; empty for one that you cannot read.',
  })
  async achievementTexts(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('achievementId', () => IdScalar) achievementId: string,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<AchievementTextView>> {
    const page = pageAsked(args);
    const found = await achievementInScope(deps.db.manager, caller, 'achievements:read', achievementId);
    const texts = found.ok ? await submittedTexts(deps.db.manager, found.value, page) : NONE;
    return connection(texts, ({ version }) => String(version), achievementTextView);
  }

  @Permission('achievements:read')
  @Query(() => [PossibleDuplicateView], {
    description: `疑似重复: what may be the same as an achievement, of all seasons and branches, what is most alike first; ${MOST_SHOWN} at the most. Empty for one that you cannot read.`,
  })
  async possibleDuplicates(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('achievementId', () => IdScalar) achievementId: string,
  ): Promise<PossibleDuplicateView[]> {
    const found = await achievementInScope(deps.db.manager, caller, 'achievements:read', achievementId);
    return found.ok ? (await possibleDuplicates(deps.db.manager, achievementId)).map(possibleDuplicateView) : [];
  }
}

/** The branches of a list: the union asked, or the caller's own; of a season of hers all that is declared in it. */
async function pathsRead(
  context: AdminContext,
  unionId: string | null | undefined,
  seasonId: string | null | undefined,
): Promise<string[] | undefined> {
  const { deps, caller } = context;
  if (unionId) return branches(context, 'achievements:read', unionId);
  const season = seasonId ? await seasonInScope(deps.db.manager, caller, 'achievements:read', seasonId) : undefined;
  return season?.ok ? undefined : branchesOf(caller, 'achievements:read');
}
