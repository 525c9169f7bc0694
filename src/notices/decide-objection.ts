import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { LONGEST_REASON } from './limits.ts';
import { reasonMissing } from './refusals.ts';
import { lockObjectionToDecide } from './scope.ts';

/** What an admin finds on an objection. */
export type Decision = 'upheld' | 'rejected';

export interface ObjectionDecided {
  objectionId: string;
  decision: Decision;
  /** Why, as all who see the notice read it. */
  reason: string;
}

/**
 * Decides on an objection to a notice of the admin's branch (notices:decide), never on one of her own nor on one that
 * concerns a line of hers; audited. One that is upheld keeps the notice from being final until a new version answers it.
 * Resolves with the objection's id. Refusals: PERSON_NEEDED, OBJECTION_UNKNOWN, OBJECTION_DECIDED, OWN_OBJECTION,
 * OWN_LINE, REASON_MISSING.
 */
export async function decideObjection(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: ObjectionDecided,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'decideObjection', key, input }, async (tx, now) => {
    const { objectionId, decision } = input;
    const { actor } = caller;
    const found = await lockObjectionToDecide(tx, caller, objectionId);
    if (!found.ok) return found;
    const reason = input.reason.trim();
    if (reason.length < 1 || reason.length > LONGEST_REASON) return refuse(reasonMissing);
    await tx.query('UPDATE objection SET state = ?, settled_at = ?, decided_by = ?, reason = ? WHERE id = ?', [
      ...[decision, now, actor, reason],
      objectionId,
    ]);
    const target = { targetKind: 'objection', targetId: objectionId, unionId: found.value.notice.unionId };
    const change = { before: { state: 'waiting' }, after: { state: decision, reason } };
    await recordAudit(tx, { actor, action: 'decideObjection', ...target, ...change }, now);
    return accept(objectionId);
  });
}
