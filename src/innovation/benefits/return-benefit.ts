import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Benefit } from './benefit.entity.ts';
import { LONGEST_REASON } from './limits.ts';
import { benefitSettled, reasonNeeded } from './refusals.ts';
import { lockBenefit, troubleWithPerson } from './scope.ts';

interface ForReason {
  benefitId: string;
  reason: string;
}

/**
 * Returns a benefit that was claimed or audited to who claimed it (benefits:audit in the union of the achievement), with
 * what is missing; it may be claimed again. Resolves with its id; audited. Refusals: BENEFIT_UNKNOWN, PERSON_NEEDED,
 * OWN_BENEFIT, BENEFIT_SETTLED, SECOND_PERSON_NEEDED, REASON_NEEDED.
 */
export function returnBenefit(deps: Deps, caller: AdminCaller, key: string, input: ForReason): Promise<Outcome> {
  return sendBack(deps, caller, key, { operation: 'returnBenefit', state: 'returned', input });
}

/** Declines it for good; otherwise as `returnBenefit`. */
export function declineBenefit(deps: Deps, caller: AdminCaller, key: string, input: ForReason): Promise<Outcome> {
  return sendBack(deps, caller, key, { operation: 'declineBenefit', state: 'declined', input });
}

interface SentBack {
  operation: string;
  state: 'returned' | 'declined';
  input: ForReason;
}

async function sendBack(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  { operation, state, input }: SentBack,
): Promise<Outcome> {
  return act(deps, caller, { operation, key, input }, async (tx, now) => {
    const { benefitId: id, reason } = input;
    const found = await lockBenefit(tx, caller, 'benefits:audit', id);
    if (!found.ok) return found;
    const before = found.value;
    if (before.state !== 'claimed' && before.state !== 'audited') return refuse(benefitSettled);
    const person = await troubleWithPerson(tx, caller, [before.claimedBy]);
    if (person) return refuse(person);
    if (reason.trim() === '' || [...reason].length > LONGEST_REASON) return refuse(reasonNeeded);
    const noAudit = { auditedFen: null, auditNote: null, auditedAt: null, auditedBy: null };
    await tx.update(Benefit, { id }, { state, reason, ...noAudit });
    const target = { targetKind: 'benefit', targetId: id, unionId: before.unionId };
    const change = { before: { state: before.state, auditedFen: before.auditedFen }, after: { state, reason } };
    await recordAudit(tx, { actor: caller.actor, action: operation, ...target, ...change }, now);
    return accept(id);
  });
}
