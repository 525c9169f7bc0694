import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { unionNameIsTaken } from './create-union.ts';
import { isName } from './name.ts';
import { nameMalformed, unionNameTaken } from './refusals.ts';
import { unionInScope } from './scope.ts';

/**
 * Gives a union of the admin's branch (unions:write) another name; resolves with its id; audited.
 * Refusals: UNION_UNKNOWN, NAME_MALFORMED, UNION_NAME_TAKEN.
 */
export async function renameUnion(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { id: string; name: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'renameUnion', key, input }, async (tx, now) => {
    const { id, name } = input;
    const union = await unionInScope(tx, caller, 'unions:write', id);
    if (!union.ok) return union;
    if (!isName(name)) return refuse(nameMalformed);
    const before = union.value.name;
    if (name === before) return accept(id);
    if (await unionNameIsTaken(tx, union.value.parentId, name, id)) return refuse(unionNameTaken);
    await tx.query('UPDATE union_node SET name = ? WHERE id = ?', [name, id]);
    const target = { targetKind: 'union', targetId: id, unionId: id };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'renameUnion', ...target, before: { name: before }, after: { name } },
      now,
    );
    return accept(id);
  });
}
