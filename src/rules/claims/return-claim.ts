import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { LONGEST_NOTE } from './limits.ts';
import { returnReasonMissing } from './refusals.ts';
import { lockClaimToDecide } from './scope.ts';
import { addStep } from './steps.ts';

/**
 * Returns a claim of a member of the admin's branch (claims:approve) with the reason, which tells the member what to
 * mend; audited. A first approval that it has falls away. Resolves with the claim's id. Refusals: PERSON_NEEDED,
 * CLAIM_UNKNOWN, CLAIM_DECIDED, OWN_CLAIM, REASON_MISSING.
 */
export async function returnClaim(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { claimId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'returnClaim', key, input }, async (tx, now) => {
    const reason = input.reason.trim();
    const found = await lockClaimToDecide(tx, caller, input.claimId);
    if (!found.ok) return found;
    if (reason.length < 1 || reason.length > LONGEST_NOTE) return refuse(returnReasonMissing);
    const { claim, member } = found.value;
    await tx.query("UPDATE claim SET state = 'returned', first_approved_by = NULL WHERE id = ?", [claim.id]);
    await addStep(tx, { claimId: claim.id, action: 'returned', actor: caller.actor, reason }, now);
    const target = { targetKind: 'claim', targetId: claim.id, unionId: member.unionId };
    const change = { before: { state: claim.state }, after: { state: 'returned', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'returnClaim', ...target, ...change }, now);
    return accept(claim.id);
  });
}
