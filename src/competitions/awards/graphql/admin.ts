import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection, type Page } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { competitionInScope } from '../../plan/scope.ts';
import { winCursor, winsOf } from '../queries.ts';
import { makeSubsidyList } from '../subsidies/make-list.ts';
import { listsOf } from '../subsidies/queries.ts';
import { releaseSubsidyList } from '../subsidies/release-list.ts';
import { listInScope } from '../subsidies/scope.ts';
import type { Win } from '../win.entity.ts';
import { SubsidyListView, subsidyListView, WinConnection, type WinView, winView } from './admin-views.ts';

@ArgsType()
class CompetitionWinsArgs extends PageArgs {
  @Field(() => IdScalar)
  competitionId!: string;
}

const MakeSubsidyListResult = resultType('MakeSubsidyList', SubsidyListView);
const ReleaseSubsidyListResult = resultType('ReleaseSubsidyList', SubsidyListView);

/** What was won in competitions, and how it is paid. */
@Resolver()
export class AdminAwardsResolver {
  @Permission('competitions:read')
  @Query(() => WinConnection, {
    description: 'What was won in a competition of your branches, by award and place; none for any other id.',
  })
  async competitionWins(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => CompetitionWinsArgs) { competitionId, ...args }: CompetitionWinsArgs,
  ): Promise<Connection<WinView>> {
    const page = pageAsked(args);
    const scope = await competitionInScope(deps.db.manager, caller, 'competitions:read', competitionId);
    const none: Page<Win> = { items: [], hasNextPage: false };
    const found = scope.ok ? await winsOf(deps.db.manager, competitionId, page) : none;
    return connection(found, winCursor, winView);
  }

  @Permission('awards:pay')
  @Query(() => SubsidyListView, {
    nullable: true,
    description: 'The payment list of a competition of your branches; null before it was made, and for any other id.',
  })
  async subsidyList(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('competitionId', () => IdScalar) competitionId: string,
  ): Promise<SubsidyListView | null> {
    const scope = await competitionInScope(deps.db.manager, caller, 'awards:pay', competitionId);
    const list = scope.ok ? (await listsOf(deps.db.manager, [competitionId])).get(competitionId) : undefined;
    return list ? subsidyListView(list) : null;
  }

  @Permission('awards:pay')
  @Mutation(() => MakeSubsidyListResult, {
    description: `Makes the payment list of a finished competition from what was won. Its sum must be the budget. Refusals: COMPETITION_UNKNOWN, COMPETITION_NOT_FINISHED, SUBSIDY_LIST_MADE, NOTHING_TO_PAY, SUBSIDIES_NOT_BUDGET (it says both sums), ${KEY_REFUSALS}.`,
  })
  async makeSubsidyList(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('competitionId', () => IdScalar) competitionId: string,
    @Arg('vacantFen', () => FenScalar, {
      description: 'What was planned for places that nobody won: 0 where all were won, else the rest of the budget.',
    })
    vacantFen: number,
  ): Promise<SubsidyListView | RefusalView> {
    const input = { competitionId, vacantFen };
    return subsidyList(context, await makeSubsidyList(context.deps, context.caller, key, input));
  }

  @Permission('awards:pay')
  @Mutation(() => ReleaseSubsidyListResult, {
    description: `Releases a payment list for the unions that pay, by another person than the one who made it. Refusals: SUBSIDY_LIST_UNKNOWN, SUBSIDY_LIST_RELEASED, PERSON_NEEDED, SECOND_PERSON_NEEDED, SUBSIDIES_NOT_BUDGET, ${KEY_REFUSALS}.`,
  })
  async releaseSubsidyList(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('listId', () => IdScalar) listId: string,
  ): Promise<SubsidyListView | RefusalView> {
    return subsidyList(context, await releaseSubsidyList(context.deps, context.caller, key, { listId }));
  }
}

/** What a mutation of a payment list answers with: the list read anew. */
function subsidyList(context: AdminContext, outcome: Outcome): Promise<SubsidyListView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => listInScope(deps.db.manager, caller, 'awards:pay', id);
  return answer(context, outcome, find, ({ list }) => subsidyListView(list));
}
