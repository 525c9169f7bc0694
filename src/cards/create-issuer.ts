import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, refuse } from '../platform/result.ts';
import { isLine } from '../unions/line.ts';
import { unionInScope } from '../unions/scope.ts';
import { issuerNameMalformed, prefixMalformed, prefixTaken } from './refusals.ts';

export interface NewIssuer {
  unionId: string;
  name: string;
  prefix: string;
}

/**
 * Makes a card issuer of a union of the admin's branch (cards:write): its cards bear the name, and numbers that begin
 * with the prefix. Resolves with its id; audited. Refusals: UNION_UNKNOWN, ISSUER_NAME_MALFORMED, PREFIX_MALFORMED,
 * PREFIX_TAKEN.
 */
export async function createIssuer(deps: Deps, caller: AdminCaller, key: string, input: NewIssuer): Promise<Outcome> {
  return act(deps, caller, { operation: 'createCardIssuer', key, input }, async (tx, now) => {
    const { unionId, name, prefix } = input;
    const union = await unionInScope(tx, caller, 'cards:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    if (!isLine(name, 60)) return refuse(issuerNameMalformed);
    if (!/^[1-9]\d{5}$/.test(prefix)) return refuse(prefixMalformed);
    const same: unknown[] = await tx.query('SELECT id FROM card_issuer WHERE prefix = ?', [prefix]);
    if (same.length > 0) return refuse(prefixTaken);
    const id = newId();
    await tx.query('INSERT INTO card_issuer (id, union_id, name, prefix, created_at) VALUES (?)', [
      [id, unionId, name, prefix, now],
    ]);
    const target = { targetKind: 'card-issuer', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createCardIssuer', ...target, after: { name, prefix } }, now);
    return accept(id);
  });
}
