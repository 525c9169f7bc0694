import { keepEvidence } from '../../evidence/keep-evidence.ts';
import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { evidenceTarget, OPEN_STATES } from './claim.entity.ts';
import { claimSettled } from './refusals.ts';
import { lockOwnClaim } from './scope.ts';
import { addStep } from './steps.ts';

/**
 * Takes back a claim of the member who calls, as long as it is not approved. Its evidence is let go, so that she may use
 * it for another claim; what nobody uses is deleted a day later. Resolves with the claim's id. Refusals: CLAIM_UNKNOWN,
 * CLAIM_DECIDED.
 */
export async function withdrawClaim(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: { claimId: string },
): Promise<Outcome> {
  const { claimId } = input;
  return act(deps, caller, { operation: 'withdrawClaim', key, input }, async (tx, now) => {
    const own = await lockOwnClaim(tx, caller.memberId, claimId);
    if (!own.ok) return own;
    if (!OPEN_STATES.includes(own.value.state)) return refuse(claimSettled);
    await tx.query("UPDATE claim SET state = 'withdrawn' WHERE id = ?", [claimId]);
    await keepEvidence(tx, { to: evidenceTarget(claimId), evidenceIds: [] }, now);
    await addStep(tx, { claimId, action: 'withdrawn', actor: caller.actor }, now);
    return accept(claimId);
  });
}
