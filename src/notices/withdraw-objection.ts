import { keepEvidence } from '../evidence/keep-evidence.ts';
import { act } from '../identity/act.ts';
import type { MemberCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { evidenceTarget } from './objection.entity.ts';
import { objectionSettled } from './refusals.ts';
import { lockOwnObjection } from './scope.ts';

/**
 * Takes back an objection of the member who calls, as long as it waits. Its evidence is let go, so that she may use it
 * for another. Resolves with the objection's id. Refusals: OBJECTION_UNKNOWN, OBJECTION_DECIDED.
 */
export async function withdrawObjection(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: { objectionId: string },
): Promise<Outcome> {
  const { objectionId } = input;
  return act(deps, caller, { operation: 'withdrawObjection', key, input }, async (tx, now) => {
    const own = await lockOwnObjection(tx, caller.memberId, objectionId);
    if (!own.ok) return own;
    if (own.value.state !== 'waiting') return refuse(objectionSettled);
    await tx.query("UPDATE objection SET state = 'withdrawn', settled_at = ? WHERE id = ?", [now, objectionId]);
    await keepEvidence(tx, { to: evidenceTarget(objectionId), evidenceIds: [] }, now);
    return accept(objectionId);
  });
}
