import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import { isSamePerson } from '../../identity/same-person.ts';
import { addDays, beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { memberStandings, programmeTerms } from '../../unions/standing.ts';
import { policyOf } from '../corrections/policy.ts';
import { memberHasLeft } from '../event-refusals.ts';
import type { Claim } from './claim.entity.ts';
import { recordClaimed } from './record-claimed.ts';
import { higherLevelNeeded, memberOutsideProgramme, secondPersonNeeded } from './refusals.ts';
import { lockClaimToDecide } from './scope.ts';
import { addStep } from './steps.ts';

/**
 * Approves a claim of a member of the admin's branch (claims:approve); audited. Where two levels are asked the first
 * approval passes the claim on, and the second comes from another person who holds the permission at the union of the
 * programme or above. The last approval records the event, which earns what the rules give. Resolves with the claim's
 * id. Refusals: PERSON_NEEDED, CLAIM_UNKNOWN, CLAIM_DECIDED, OWN_CLAIM, MEMBER_LEFT, MEMBER_OUTSIDE_PROGRAMME,
 * SECOND_PERSON_NEEDED, HIGHER_LEVEL_NEEDED.
 */
export async function approveClaim(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { claimId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'approveClaim', key, input }, async (tx, now) => {
    const found = await lockClaimToDecide(tx, caller, input.claimId);
    if (!found.ok) return found;
    const { claim, member } = found.value;
    const trouble = await troubleWithApproval(tx, caller, claim);
    if (trouble) return refuse(trouble);
    const { actor } = caller;
    const passes = claim.approval === 'two_levels' && claim.state === 'submitted';
    const after = passes
      ? await passOn(tx, claim, actor, now)
      : { state: 'approved', eventId: await recordClaimed(tx, claim, actor, now) };
    const target = { targetKind: 'claim', targetId: claim.id, unionId: member.unionId };
    await recordAudit(tx, { actor, action: 'approveClaim', ...target, before: { state: claim.state }, after }, now);
    return accept(claim.id);
  });
}

async function troubleWithApproval(tx: Tx, caller: AdminCaller, claim: Claim): Promise<Refusal | undefined> {
  const member = (await memberStandings(tx, [claim.memberId])).get(claim.memberId)!;
  const { unionPath } = (await programmeTerms(tx, [claim.programmeId])).get(claim.programmeId)!;
  if (member.state === 'left') return memberHasLeft;
  if (!member.unionPath.startsWith(unionPath)) return memberOutsideProgramme;
  if (claim.state !== 'passed') return undefined;
  if (await isSamePerson(tx, caller, claim.firstApprovedBy!)) return secondPersonNeeded;
  return mayIn(caller, 'claims:approve', unionPath) ? undefined : higherLevelNeeded;
}

async function passOn(tx: Tx, { id, programmeId }: Claim, actor: string, now: Date): Promise<{ state: string }> {
  const { claimDueDays } = await policyOf(tx, programmeId);
  await tx.query("UPDATE claim SET state = 'passed', first_approved_by = ?, due_on = ? WHERE id = ?", [
    actor,
    addDays(beijingDay(now), claimDueDays),
    id,
  ]);
  await addStep(tx, { claimId: id, action: 'approved', actor }, now);
  return { state: 'passed' };
}
