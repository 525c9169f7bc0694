import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import { enqueue } from '../platform/db/outbox.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, refuse } from '../platform/result.ts';
import { unionInScope } from '../unions/scope.ts';
import { issueBatchDefinition } from './job-definitions.ts';
import { batchOpen } from './refusals.ts';
import { issuerFor } from './scope.ts';

/**
 * Asks for cards of an issuer for all active members of a branch (cards:write) who have none, and for the file of which
 * they are printed; a job does it. Resolves with the batch's id; audited. Refusals: UNION_UNKNOWN, ISSUER_UNKNOWN,
 * BATCH_OPEN (one at a time for each issuer).
 */
export async function requestBatch(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { issuerId: string; unionId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'issueCards', key, input }, async (tx, now) => {
    const { issuerId, unionId } = input;
    const union = await unionInScope(tx, caller, 'cards:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const issuer = await issuerFor(tx, issuerId, union.value.path);
    if (!issuer.ok) return issuer;
    const open: unknown[] = await tx.query('SELECT id FROM card_batch WHERE issuer_id = ? AND is_open = 1', [issuerId]);
    if (open.length > 0) return refuse(batchOpen);
    const id = newId();
    await tx.query('INSERT INTO card_batch (id, issuer_id, union_id, requested_by, state, created_at) VALUES (?)', [
      [id, issuerId, unionId, caller.actor, 'waiting', now],
    ]);
    await enqueue(tx, issueBatchDefinition, { batchId: id }, now);
    const target = { targetKind: 'card-batch', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'issueCards', ...target, after: { issuerId } }, now);
    return accept(id);
  });
}
