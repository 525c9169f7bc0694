import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Benefit } from './benefit.entity.ts';
import { benefitAbove, benefitNotAudited } from './refusals.ts';
import { lockBenefit, troubleWithPerson } from './scope.ts';

/**
 * Accepts a benefit that was audited (benefits:accept in the union of the achievement), by a person who has neither
 * claimed nor audited it and is no author, up to what the audit found. The contract that covers today rewards it.
 * Resolves with its id; audited. Refusals: BENEFIT_UNKNOWN, PERSON_NEEDED, OWN_BENEFIT, BENEFIT_NOT_AUDITED,
 * SECOND_PERSON_NEEDED, BENEFIT_ABOVE_AUDITED.
 */
export async function acceptBenefit(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { benefitId: string; fen: number },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'acceptBenefit', key, input }, async (tx, now) => {
    const { benefitId: id, fen } = input;
    const found = await lockBenefit(tx, caller, 'benefits:accept', id);
    if (!found.ok) return found;
    const { state, claimedBy, auditedBy, auditedFen, unionId } = found.value;
    if (state !== 'audited') return refuse(benefitNotAudited);
    const person = await troubleWithPerson(tx, caller, [claimedBy, auditedBy!]);
    if (person) return refuse(person);
    if (!Number.isSafeInteger(fen) || fen < 1 || fen > auditedFen!) return refuse(benefitAbove('audited', auditedFen!));
    const accepted = { acceptedFen: fen, acceptedOn: beijingDay(now), acceptedAt: now, acceptedBy: caller.actor };
    await tx.update(Benefit, { id }, { state: 'accepted', ...accepted });
    const target = { targetKind: 'benefit', targetId: id, unionId };
    const change = { before: { state, auditedFen }, after: { state: 'accepted', acceptedFen: fen } };
    await recordAudit(tx, { actor: caller.actor, action: 'acceptBenefit', ...target, ...change }, now);
    return accept(id);
  });
}
