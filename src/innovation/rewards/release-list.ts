import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { isSamePerson } from '../../identity/same-person.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { payMoney } from './pay-money.ts';
import { payPoints } from './pay-points.ts';
import { ownReward, personNeeded, rewardsNotSum, secondPersonNeeded } from './refusals.ts';
import { Reward } from './reward.entity.ts';
import type { RewardList } from './reward-list.entity.ts';
import { lockMadeList } from './scope.ts';

/**
 * Releases a list of rewards (awards:pay in its union), by another person than the one who made it and nobody whom it
 * pays: its lines are summed up once more, the money is paid from the funds of the contracts, and the points follow
 * seconds later by the rules of the programme. Resolves with its id; audited. Refusals: REWARD_LIST_UNKNOWN,
 * REWARD_LIST_SETTLED, PERSON_NEEDED, SECOND_PERSON_NEEDED, OWN_REWARD, REWARDS_NOT_SUM, POINTS_NOT_PAYABLE,
 * FUND_TOO_LOW.
 */
export async function releaseRewardList(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { listId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'releaseRewardList', key, input }, async (tx, now) => {
    const { listId: id } = input;
    const found = await lockMadeList(tx, caller, id);
    if (!found.ok) return found;
    const list = found.value;
    const trouble = (await troubleWithPerson(tx, caller, list)) ?? (await troubleWithSum(tx, list));
    if (trouble) return refuse(trouble);
    const rewards = await tx.find(Reward, { where: { listId: id }, order: { number: 'ASC' } });
    const paid = await payMoney(tx, rewards, caller.actor, now);
    if (!paid.ok) return paid;
    const pointed = await payPoints(tx, rewards, now);
    if (!pointed.ok) return pointed;
    await tx.query("UPDATE reward SET state = 'released' WHERE list_id = ?", [id]);
    await tx.query("UPDATE reward_list SET state = 'released', released_at = ?, released_by = ? WHERE id = ?", [
      ...[now, caller.actor, id],
    ]);
    const target = { targetKind: 'reward_list', targetId: id, unionId: list.unionId };
    const { rewardFen, moneyFen, points } = list;
    const change = { before: { state: 'made' }, after: { state: 'released', rewardFen, moneyFen, points } };
    await recordAudit(tx, { actor: caller.actor, action: 'releaseRewardList', ...target, ...change }, now);
    return accept(id);
  });
}

async function troubleWithPerson(
  tx: Tx,
  caller: AdminCaller,
  { id, madeBy }: RewardList,
): Promise<Refusal | undefined> {
  if (caller.operatorId === null) return personNeeded;
  if (await isSamePerson(tx, caller, madeBy)) return secondPersonNeeded;
  const [own] = await tx.query<object[]>(
    `SELECT 1 FROM reward r JOIN reward_line l ON l.reward_id = r.id
     WHERE r.list_id = ? AND l.member_id = ? LIMIT 1`,
    [id, (await memberIdOf(tx, caller)) ?? ''],
  );
  return own ? ownReward : undefined;
}

/** Whether the lines make the rewards, each to the fen and the point, and the rewards the list. */
async function troubleWithSum(tx: Tx, list: RewardList): Promise<Refusal | undefined> {
  const rewards = await tx.query<Record<'rewardFen' | 'moneyFen' | 'points' | 'lineFen' | 'linePoints', string>[]>(
    `SELECT r.reward_fen AS rewardFen, r.money_fen AS moneyFen, r.points, SUM(l.fen) AS lineFen,
            SUM(l.points) AS linePoints
     FROM reward r JOIN reward_line l ON l.reward_id = r.id WHERE r.list_id = ? GROUP BY r.id`,
    [list.id],
  );
  const sum = (of: 'rewardFen' | 'moneyFen' | 'points') => rewards.reduce((total, one) => total + Number(one[of]), 0);
  const linesFit = rewards.every(
    ({ moneyFen, points, lineFen, linePoints }) =>
      Number(moneyFen) === Number(lineFen) && Number(points) === Number(linePoints),
  );
  const sumsFit = (['rewardFen', 'moneyFen', 'points'] as const).every((of) => sum(of) === list[of]);
  return linesFit && sumsFit && rewards.length === list.rewardCount ? undefined : rewardsNotSum;
}
