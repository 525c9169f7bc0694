import { attachEvidence } from '../../evidence/attach-evidence.ts';
import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept } from '../../platform/result.ts';
import { type ClaimContent, checkClaim } from './check-claim.ts';
import { Claim, evidenceTarget } from './claim.entity.ts';
import { NOBODY, recordClaimed } from './record-claimed.ts';
import { addStep } from './steps.ts';

export interface NewClaim extends ClaimContent {
  programmeId: string;
  eventType: string;
}

/**
 * Claims an event for the member who calls; her branch is asked, or, where no rule in force for the type wants an
 * approval, the event is recorded at once. Resolves with the claim's id. Refusals: those of checkClaim,
 * EVIDENCE_UNKNOWN, EVIDENCE_COUNT.
 */
export async function submitClaim(deps: Deps, caller: MemberCaller, key: string, input: NewClaim): Promise<Outcome> {
  return act(deps, caller, { operation: 'submitClaim', key, input }, (tx, now) => submit(tx, caller, input, now));
}

async function submit(tx: Tx, { actor, memberId }: MemberCaller, input: NewClaim, now: Date): Promise<Outcome> {
  const { programmeId, eventType, attributes, occurredOn, evidenceIds } = input;
  const checked = await checkClaim(tx, { ...input, memberId }, now);
  if (!checked.ok) return checked;
  const { identity, note, approval, dueOn } = checked.value;
  const id = newId();
  const attached = await attachEvidence(tx, { owner: actor, evidenceIds, to: evidenceTarget(id) }, now);
  if (!attached.ok) return attached;
  const claim = { id, programmeId, memberId, eventType, attributes, occurredOn, identity, note, approval, dueOn };
  await tx.insert(Claim, { ...claim, state: 'submitted', submittedAt: now });
  await addStep(tx, { claimId: id, action: 'submitted', actor }, now);
  if (approval === 'none') await recordClaimed(tx, claim, NOBODY, now);
  return accept(id);
}
