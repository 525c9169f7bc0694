import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { LONGEST_REASON, MOST_REWARDS } from '../limits.ts';
import { makeRewardList } from '../make-list.ts';
import { rewardListsIn } from '../queries.ts';
import { releaseRewardList } from '../release-list.ts';
import type { RewardState } from '../reward-list.entity.ts';
import { rewardListInScope } from '../scope.ts';
import { withdrawRewardList } from '../withdraw-list.ts';
import { RewardListConnection, RewardListView, rewardListView } from './admin-views.ts';
import { RewardStateWord } from './words.ts';

const MakeRewardListResult = resultType('MakeRewardList', RewardListView);
const ReleaseRewardListResult = resultType('ReleaseRewardList', RewardListView);
const WithdrawRewardListResult = resultType('WithdrawRewardList', RewardListView);

@ArgsType()
class RewardListsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'The top of the branch to look at; else all of yours.' })
  unionId?: string | null;

  @Field(() => RewardStateWord, { nullable: true })
  state?: RewardState | null;
}

/** How achievements are rewarded by the contracts of their firms. */
@Resolver()
export class AdminRewardsResolver {
  @Permission('awards:pay')
  @Query(() => RewardListConnection, { description: 'The lists of rewards of your branches, the newest first.' })
  async rewardLists(
    @Ctx() context: AdminContext,
    @Args(() => RewardListsArgs) { unionId, state, ...page }: RewardListsArgs,
  ): Promise<Connection<RewardListView>> {
    const asked = pageAsked(page);
    const filter = { branches: await branches(context, 'awards:pay', unionId), state: state ?? undefined };
    const found = await rewardListsIn(context.deps.db.manager, filter, asked);
    return connection(found, ({ id }) => id, rewardListView);
  }

  @Permission('awards:pay')
  @Query(() => RewardListView, { nullable: true, description: 'A list of your branches; null for any other id.' })
  async rewardList(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<RewardListView | null> {
    const found = await rewardListInScope(deps.db.manager, caller, id);
    return found.ok ? rewardListView(found.value) : null;
  }

  @Permission('awards:pay')
  @Mutation(() => MakeRewardListResult, {
    description: `Makes a list of the rewards of achievements whose benefit is accepted, each by the contract that covered its firm on the day of acceptance, divided among its authors by their shares. Nothing is paid before another person releases it. Refusals: UNION_UNKNOWN, REWARD_COUNT, and at achievementIds.<i> ACHIEVEMENT_UNKNOWN, BENEFIT_NOT_ACCEPTED, REWARD_MADE (it is on a list already), CONTRACT_MISSING, NOTHING_TO_REWARD, POINTS_TOO_MANY; ${KEY_REFUSALS}.`,
  })
  async makeRewardList(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('unionId', () => IdScalar, { description: 'In whose branch the achievements are: the firm’s union.' })
    unionId: string,
    @Arg('achievementIds', () => [IdScalar], {
      description: `1 to ${MOST_REWARDS}, each once, in the order of the list.`,
    })
    achievementIds: string[],
  ): Promise<RewardListView | RefusalView> {
    const input = { unionId, achievementIds };
    return shown(context, await makeRewardList(context.deps, context.caller, key, input));
  }

  @Permission('awards:pay')
  @Mutation(() => ReleaseRewardListResult, {
    description: `Releases a list, by another person than the one who made it and nobody whom it pays: money shows as payments from the funds of the contracts, points follow seconds later. Refusals: REWARD_LIST_UNKNOWN, REWARD_LIST_SETTLED, PERSON_NEEDED, SECOND_PERSON_NEEDED, OWN_REWARD, REWARDS_NOT_SUM, POINTS_NOT_PAYABLE (no rule in force pays them), FUND_TOO_LOW (it says what is left), ${KEY_REFUSALS}.`,
  })
  async releaseRewardList(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('listId', () => IdScalar) listId: string,
  ): Promise<RewardListView | RefusalView> {
    return shown(context, await releaseRewardList(context.deps, context.caller, key, { listId }));
  }

  @Permission('awards:pay')
  @Mutation(() => WithdrawRewardListResult, {
    description: `Withdraws a list that is not released; its achievements can be rewarded by another. Refusals: REWARD_LIST_UNKNOWN, REWARD_LIST_SETTLED, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async withdrawRewardList(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('listId', () => IdScalar) listId: string,
    @Arg('reason', () => String, { description: `1 to ${LONGEST_REASON} characters.` }) reason: string,
  ): Promise<RewardListView | RefusalView> {
    return shown(context, await withdrawRewardList(context.deps, context.caller, key, { listId, reason }));
  }
}

/** What a mutation of a list answers with: the list read anew. */
function shown(context: AdminContext, outcome: Outcome): Promise<RewardListView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => rewardListInScope(deps.db.manager, caller, id), rewardListView);
}
