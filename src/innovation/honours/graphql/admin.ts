import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection, type Page, type PageRequest } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { LONGEST_REASON } from '../../seasons/limits.ts';
import { seasonInScope } from '../../seasons/scope.ts';
import { listHonours } from '../list-honours.ts';
import { publishHonours } from '../publish-honours.ts';
import { honoursOfSeason, linesPage, listsOf, placeCursor } from '../queries.ts';
import { listInScope } from '../scope.ts';
import {
  HonourConnection,
  type HonourView,
  honourView,
  ListConnection,
  ListLineConnection,
  type ListLineView,
  ListView,
  listLineView,
  listView,
} from './admin-views.ts';

@ArgsType()
class OfSeasonArgs extends PageArgs {
  @Field(() => IdScalar)
  seasonId!: string;
}

@ArgsType()
class ListLinesArgs extends OfSeasonArgs {
  @Field(() => Int, { description: 'Of the list, from 1: see seasonLists.' })
  version!: number;
}

const ListHonoursResult = resultType('ListHonours', ListView);
const PublishHonoursResult = resultType('PublishHonours', ListView);

/** Who is honoured in seasons, from the first list to the certificates. */
@Resolver()
export class AdminHonoursResolver {
  @Permission('achievements:read')
  @Query(() => ListConnection, {
    description:
      'The versions of the list of honours of a season of your branches, newest first; none for any other id.',
  })
  async seasonLists(
    @Ctx() context: AdminContext,
    @Args(() => OfSeasonArgs) { seasonId, ...args }: OfSeasonArgs,
  ): Promise<Connection<ListView>> {
    const found = await ofSeason(context, seasonId, args, (page) => listsOf(context.deps.db.manager, seasonId, page));
    return connection(found, ({ version }) => String(version), listView);
  }

  @Permission('achievements:read')
  @Query(() => ListLineConnection, {
    description: 'What stands on a version of the list of a season of your branches, by category and place.',
  })
  async seasonListLines(
    @Ctx() context: AdminContext,
    @Args(() => ListLinesArgs) { seasonId, version, ...args }: ListLinesArgs,
  ): Promise<Connection<ListLineView>> {
    const found = await ofSeason(context, seasonId, args, (page) =>
      linesPage(context.deps.db.manager, { seasonId, version }, page),
    );
    return connection(found, placeCursor, listLineView);
  }

  @Permission('achievements:read')
  @Query(() => HonourConnection, {
    description: 'What was honoured in a season of your branches, by category and place; none before it is final.',
  })
  async seasonHonours(
    @Ctx() context: AdminContext,
    @Args(() => OfSeasonArgs) { seasonId, ...args }: OfSeasonArgs,
  ): Promise<Connection<HonourView>> {
    const found = await ofSeason(context, seasonId, args, (page) =>
      honoursOfSeason(context.deps.db.manager, seasonId, page),
    );
    return connection(found, placeCursor, honourView);
  }

  @Permission('achievements:check')
  @Mutation(() => ListHonoursResult, {
    description: `Makes the next version of the list of honours from the rankings of all categories; publish it then. Refusals: SEASON_UNKNOWN, SEASON_NOT_REVIEWING, SEASON_OVER, CATEGORIES_NOT_RANKED, REASON_NEEDED (from the second version on), ${KEY_REFUSALS}.`,
  })
  async listHonours(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('seasonId', () => IdScalar) seasonId: string,
    @Arg('reason', () => String, {
      nullable: true,
      description: `Why another version is made, which members will read: 1 to ${LONGEST_REASON} characters; not for the first.`,
    })
    reason?: string | null,
  ): Promise<ListView | RefusalView> {
    return list(context, await listHonours(context.deps, context.caller, key, { seasonId, reason: reason ?? null }));
  }

  @Permission('achievements:check')
  @Mutation(() => PublishHonoursResult, {
    description: `Puts the newest version of the list in public view, in place of the version before. It becomes final by itself once the notice is over and no objection is open; honours and points are given then. Refusals: SEASON_UNKNOWN, SEASON_OVER, HONOURS_NOT_LISTED, HONOURS_PUBLISHED, OBJECTION_UNANSWERED, ${KEY_REFUSALS}.`,
  })
  async publishHonours(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('seasonId', () => IdScalar) seasonId: string,
  ): Promise<ListView | RefusalView> {
    return list(context, await publishHonours(context.deps, context.caller, key, { seasonId }));
  }
}

/** A page of something of a season that the caller may read; an empty one of any other. */
async function ofSeason<T>(
  { deps, caller }: AdminContext,
  seasonId: string,
  args: PageArgs,
  find: (page: PageRequest) => Promise<Page<T>>,
): Promise<Page<T>> {
  const page = pageAsked(args);
  const scope = await seasonInScope(deps.db.manager, caller, 'achievements:read', seasonId);
  return scope.ok ? find(page) : { items: [], hasNextPage: false };
}

/** What a mutation of a list answers with: its newest version read anew. */
function list(context: AdminContext, outcome: Outcome): Promise<ListView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => listInScope(deps.db.manager, caller, 'achievements:check', id);
  return answer(context, outcome, find, listView);
}
