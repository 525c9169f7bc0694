import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { isName } from './name.ts';
import { unionPath } from './queries.ts';
import { nameMalformed, unionNameTaken, unionTooDeep, unionUnknown } from './refusals.ts';
import { unionInScope } from './scope.ts';
import type { UnionKind } from './union-node.entity.ts';

// What the column takes: a root's 28 characters and 27 for each level below it, fourteen levels.
const LONGEST_PATH = 400;

export interface NewUnion {
  /** Null makes the root of a tree. */
  parentId: string | null;
  name: string;
  kind: UnionKind;
}

/**
 * Makes a union under its parent; resolves with its id. Asks for nobody's rights: an admin's way is `createUnionAs`.
 * Refusals: UNION_UNKNOWN (the parent), NAME_MALFORMED, UNION_NAME_TAKEN, UNION_TOO_DEEP.
 */
export async function createUnion(tx: Tx, { parentId, name, kind }: NewUnion, now: Date): Promise<Result<string>> {
  const parentPath = parentId === null ? '/' : await unionPath(tx, parentId);
  if (parentPath === undefined) return refuse({ ...unionUnknown, at: 'parentId' });
  if (!isName(name)) return refuse(nameMalformed);
  const id = newId();
  const path = `${parentPath}${id}/`;
  if (path.length > LONGEST_PATH) return refuse(unionTooDeep);
  if (await unionNameIsTaken(tx, parentId, name, id)) return refuse(unionNameTaken);
  await tx.query('INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES (?, ?, ?, ?, ?, ?)', [
    id,
    parentId,
    name,
    kind,
    path,
    now,
  ]);
  return accept(id);
}

/** Whether another union of this name stands under the parent. `<=>`, because the parent of a root is null. */
export async function unionNameIsTaken(tx: Tx, parentId: string | null, name: string, id: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    'SELECT id FROM union_node WHERE parent_id <=> ? AND name = ? AND id <> ? LIMIT 1',
    [parentId, name, id],
  );
  return rows.length > 0;
}

/** `createUnion` by an admin who holds unions:write over the parent; audited. Only a setup without admins makes a root. */
export async function createUnionAs(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: NewUnion & { parentId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'createUnion', key, input }, async (tx, now) => {
    const parent = await unionInScope(tx, caller, 'unions:write', input.parentId);
    if (!parent.ok) return refuse({ ...parent.refusal, at: 'parentId' });
    const made = await createUnion(tx, input, now);
    if (!made.ok) return made;
    const target = { targetKind: 'union', targetId: made.value, unionId: made.value };
    await recordAudit(tx, { actor: caller.actor, action: 'createUnion', ...target, after: input }, now);
    return made;
  });
}
