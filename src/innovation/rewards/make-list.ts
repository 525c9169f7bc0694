import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, refuse } from '../../platform/result.ts';
import { findMembers } from '../../unions/queries.ts';
import { unionInScope } from '../../unions/scope.ts';
import { MOST_REWARDS } from './limits.ts';
import { type NewReward, readRewardable } from './read-rewardable.ts';
import { rewardCount } from './refusals.ts';
import { RewardList } from './reward-list.entity.ts';

/**
 * Makes a list of the rewards of achievements in the branch of a union (awards:pay there), from their accepted benefits
 * by the contracts that covered them on the day of acceptance; an achievement is rewarded once. Nothing is paid before
 * another person releases it. Resolves with the list's id; audited. Refusals: UNION_UNKNOWN, REWARD_COUNT, those of
 * readRewardable.
 */
export async function makeRewardList(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { unionId: string; achievementIds: readonly string[] },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'makeRewardList', key, input }, async (tx, now) => {
    const { unionId, achievementIds } = input;
    const union = await unionInScope(tx, caller, 'awards:pay', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const count = achievementIds.length;
    if (count < 1 || count > MOST_REWARDS || new Set(achievementIds).size < count) return refuse(rewardCount);
    const rewards = await readRewardable(tx, union.value, achievementIds);
    if (!rewards.ok) return rewards;
    const id = newId();
    const sums = sumsOf(rewards.value);
    await tx.insert(RewardList, { id, unionId, state: 'made', ...sums, madeAt: now, madeBy: caller.actor });
    await writeRewards(tx, id, rewards.value);
    const target = { targetKind: 'reward_list', targetId: id, unionId };
    const after = { achievementIds, ...sums };
    await recordAudit(tx, { actor: caller.actor, action: 'makeRewardList', ...target, after }, now);
    return accept(id);
  });
}

function sumsOf(rewards: readonly NewReward[]) {
  const sum = (of: (reward: NewReward) => number) => rewards.reduce((total, reward) => total + of(reward), 0);
  return {
    rewardCount: rewards.length,
    rewardFen: sum(({ rewardFen }) => rewardFen),
    moneyFen: sum(({ moneyFen }) => moneyFen),
    points: sum(({ points }) => points),
  };
}

const COLUMNS = ['id', 'list_id', 'number', 'achievement_id', 'season_id', 'union_id', 'contract_id', 'title'];
const MONEY = ['benefit_fen', 'reward_fen', 'money_fen', 'points', 'programme_id', 'point_price_fen', 'accepted_on'];

async function writeRewards(tx: Tx, listId: string, rewards: readonly NewReward[]): Promise<void> {
  const made = rewards.map((reward) => ({ id: newId(), ...reward }));
  // A second list of the same achievement meets the unique key here, and finds this one when it tries again.
  await insertRows(
    tx,
    'reward',
    [...COLUMNS, ...MONEY, 'state'],
    made.map(({ id, contract, ...one }, i) => [
      ...[id, listId, i + 1, one.achievementId, one.seasonId, one.unionId, contract.id, one.title],
      ...[one.benefitFen, one.rewardFen, one.moneyFen, one.points, contract.programmeId, one.pointPriceFen],
      ...[one.acceptedOn, 'made'],
    ]),
  );
  const memberIds = [...new Set(made.flatMap(({ lines }) => lines.map(({ memberId }) => memberId)))];
  const names = new Map((await findMembers(tx, memberIds)).map(({ id, name }) => [id, name]));
  await insertRows(
    tx,
    'reward_line',
    ['reward_id', 'number', 'member_id', 'payee', 'share', 'fen', 'points'],
    made.flatMap(({ id, lines }) =>
      lines.map(({ memberId, share, fen, points }, i) => [
        ...[id, i + 1, memberId, names.get(memberId)!, share, fen, points],
      ]),
    ),
  );
}
