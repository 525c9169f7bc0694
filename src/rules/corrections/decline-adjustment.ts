import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import { lockWaiting } from './adjustment-scope.ts';
import { reasonOf } from './reason.ts';

/**
 * Declines, as the second admin (points:adjust), an adjustment that waits; nothing is moved. Resolves with its id;
 * audited. Refusals: those of `lockWaiting`, REASON_MALFORMED.
 */
export async function declineAdjustment(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { adjustmentId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'declineAdjustment', key, input }, async (tx, now) => {
    const { adjustmentId } = input;
    const found = await lockWaiting(tx, caller, adjustmentId);
    if (!found.ok) return found;
    const reason = reasonOf(input.reason);
    if (!reason.ok) return reason;
    await tx.query(
      "UPDATE adjustment SET state = 'declined', decided_by = ?, decided_at = ?, decline_reason = ? WHERE id = ?",
      [caller.actor, now, reason.value, adjustmentId],
    );
    const target = { targetKind: 'adjustment', targetId: adjustmentId, unionId: found.value.programme.unionId };
    const change = { before: { state: 'waiting' }, after: { state: 'declined', reason: reason.value } };
    await recordAudit(tx, { actor: caller.actor, action: 'declineAdjustment', ...target, ...change }, now);
    return accept(adjustmentId);
  });
}
