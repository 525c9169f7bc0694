import { attachEvidence } from '../../evidence/attach-evidence.ts';
import { keepEvidence } from '../../evidence/keep-evidence.ts';
import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { type ClaimContent, checkClaim } from './check-claim.ts';
import { Claim, evidenceTarget } from './claim.entity.ts';
import { NOBODY, recordClaimed } from './record-claimed.ts';
import { claimNotReturned } from './refusals.ts';
import { lockOwnClaim } from './scope.ts';
import { addStep } from './steps.ts';

export interface MendedClaim extends ClaimContent {
  claimId: string;
}

/**
 * Submits a claim of the member who calls again after it was returned, with what is given now in place of what it had;
 * its programme and type stay. Evidence that is no longer named is let go. All levels are asked anew, by the rules now
 * in force. Resolves with the claim's id. Refusals: CLAIM_UNKNOWN, CLAIM_NOT_RETURNED, those of submitClaim.
 */
export async function resubmitClaim(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: MendedClaim,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'resubmitClaim', key, input }, (tx, now) => resubmit(tx, caller, input, now));
}

async function resubmit(tx: Tx, { actor, memberId }: MemberCaller, input: MendedClaim, now: Date): Promise<Outcome> {
  const { claimId, attributes, occurredOn, evidenceIds } = input;
  const own = await lockOwnClaim(tx, memberId, claimId);
  if (!own.ok) return own;
  const { programmeId, eventType, state } = own.value;
  if (state !== 'returned') return refuse(claimNotReturned);
  const checked = await checkClaim(tx, { ...input, memberId, programmeId, eventType }, now);
  if (!checked.ok) return checked;
  const to = evidenceTarget(claimId);
  await keepEvidence(tx, { to, evidenceIds }, now);
  const attached = await attachEvidence(tx, { owner: actor, evidenceIds, to }, now);
  if (!attached.ok) return attached;
  const { identity, note, approval, dueOn } = checked.value;
  const mended = { attributes, occurredOn, identity, note, approval, dueOn };
  await tx.update(Claim, { id: claimId }, { ...mended, state: 'submitted', submittedAt: now });
  await addStep(tx, { claimId, action: 'resubmitted', actor }, now);
  const claim = { ...own.value, ...mended };
  if (approval === 'none') await recordClaimed(tx, claim, NOBODY, now);
  return accept(claimId);
}
