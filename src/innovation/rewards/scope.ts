import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { rewardListSettled, rewardListUnknown } from './refusals.ts';
import { RewardList } from './reward-list.entity.ts';

/** The list, when the admin holds awards:pay in its union. Refusal: REWARD_LIST_UNKNOWN. */
export async function rewardListInScope(
  db: EntityManager,
  caller: AdminCaller,
  id: string,
): Promise<Result<RewardList>> {
  const list = await db.findOneBy(RewardList, { id });
  const path = list ? await unionPath(db, list.unionId) : undefined;
  return list && path !== undefined && mayIn(caller, 'awards:pay', path) ? accept(list) : refuse(rewardListUnknown);
}

/** `rewardListInScope`, locked and not settled yet. Refusals: REWARD_LIST_UNKNOWN, REWARD_LIST_SETTLED. */
export async function lockMadeList(tx: Tx, caller: AdminCaller, id: string): Promise<Result<RewardList>> {
  await tx.query('SELECT id FROM reward_list WHERE id = ? FOR UPDATE', [id]);
  const found = await rewardListInScope(tx, caller, id);
  return found.ok && found.value.state !== 'made' ? refuse(rewardListSettled) : found;
}
