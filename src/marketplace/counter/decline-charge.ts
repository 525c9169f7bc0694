import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import { findHold, lockHold } from './holds.ts';

/**
 * Declines a charge that is held for the member: no points move. The outcome holds the charge's id. Refusals:
 * CHARGE_UNKNOWN (also for another member's), CHARGE_POSTED, CHARGE_DECLINED, HOLD_LAPSED, KEY_MALFORMED, KEY_REUSED.
 */
export function declineCharge(
  deps: Deps,
  caller: MemberCaller,
  { key, chargeId }: { key: string; chargeId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'declineCharge', key, input: { chargeId } }, async (tx, now) => {
    const hold = await findHold(tx, caller.memberId, chargeId);
    if (!hold.ok) return hold;
    const waiting = await lockHold(tx, chargeId, now);
    if (!waiting.ok) return waiting;
    await tx.query("UPDATE charge SET state = 'declined', decided_at = ? WHERE id = ? AND state = 'held'", [
      now,
      chargeId,
    ]);
    return accept(chargeId);
  });
}
