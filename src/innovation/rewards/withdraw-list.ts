import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { LONGEST_REASON } from './limits.ts';
import { reasonNeeded } from './refusals.ts';
import { lockMadeList } from './scope.ts';

/**
 * Withdraws a list of rewards that is not released (awards:pay in its union); its achievements can be rewarded by
 * another list. Resolves with its id; audited. Refusals: REWARD_LIST_UNKNOWN, REWARD_LIST_SETTLED, REASON_NEEDED.
 */
export async function withdrawRewardList(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { listId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawRewardList', key, input }, async (tx, now) => {
    const { listId: id, reason } = input;
    const found = await lockMadeList(tx, caller, id);
    if (!found.ok) return found;
    if (!isLine(reason, LONGEST_REASON)) return refuse(reasonNeeded);
    await tx.query("UPDATE reward SET state = 'withdrawn' WHERE list_id = ?", [id]);
    await tx.query(
      `UPDATE reward_list SET state = 'withdrawn', withdrawn_at = ?, withdrawn_by = ?, withdraw_reason = ?
       WHERE id = ?`,
      [now, caller.actor, reason, id],
    );
    const target = { targetKind: 'reward_list', targetId: id, unionId: found.value.unionId };
    const change = { before: { state: 'made' }, after: { state: 'withdrawn', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'withdrawRewardList', ...target, ...change }, now);
    return accept(id);
  });
}
