import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Benefit } from './benefit.entity.ts';
import { LONGEST_NOTE } from './limits.ts';
import { benefitAbove, benefitNotClaimed, noteNeeded } from './refusals.ts';
import { lockBenefit, troubleWithPerson } from './scope.ts';

/**
 * Audits a benefit that was claimed (benefits:audit in the union of the achievement), by another person than the claimer
 * and no author: `fen` is what it comes to, up to what was claimed. Resolves with its id; audited. Refusals:
 * BENEFIT_UNKNOWN, PERSON_NEEDED, OWN_BENEFIT, BENEFIT_NOT_CLAIMED, SECOND_PERSON_NEEDED, BENEFIT_ABOVE_CLAIMED,
 * NOTE_NEEDED.
 */
export async function auditBenefit(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { benefitId: string; fen: number; note: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'auditBenefit', key, input }, async (tx, now) => {
    const { benefitId: id, fen, note } = input;
    const found = await lockBenefit(tx, caller, 'benefits:audit', id);
    if (!found.ok) return found;
    const { state, claimedFen, claimedBy, unionId } = found.value;
    if (state !== 'claimed') return refuse(benefitNotClaimed);
    const person = await troubleWithPerson(tx, caller, [claimedBy]);
    if (person) return refuse(person);
    if (!Number.isSafeInteger(fen) || fen < 1 || fen > claimedFen) return refuse(benefitAbove('claimed', claimedFen));
    if (note.trim() === '' || [...note].length > LONGEST_NOTE) return refuse(noteNeeded);
    const audited = { auditedFen: fen, auditNote: note, auditedAt: now, auditedBy: caller.actor };
    await tx.update(Benefit, { id }, { state: 'audited', ...audited });
    const target = { targetKind: 'benefit', targetId: id, unionId };
    const change = { before: { state, claimedFen }, after: { state: 'audited', auditedFen: fen, note } };
    await recordAudit(tx, { actor: caller.actor, action: 'auditBenefit', ...target, ...change }, now);
    return accept(id);
  });
}
