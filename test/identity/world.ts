import type { AdminCaller } from '../../src/identity/caller.ts';
import { createOperator } from '../../src/identity/create-operator.ts';
import { createLimits, type Limits } from '../../src/identity/limits.ts';
import { loadAdmins } from '../../src/identity/load-admins.ts';
import { findGrants } from '../../src/identity/queries.ts';
import { openSession, type SessionTokens } from '../../src/identity/sessions.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Result } from '../../src/platform/result.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

export const PASSWORD = 'correct horse 8';

export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

/** What a refusal of this code matches. */
export function refused(code: string) {
  return { ok: false, refusal: { code } };
}

let keys = 0;

/** A fresh idempotency key. */
export function aKey(): string {
  keys += 1;
  return `identity-key-${keys}`;
}

/** Limits of the test's own, in memory. */
export function someLimits(): Limits {
  return createLimits(undefined);
}

export interface Union {
  id: string;
  path: string;
}

export async function aUnion({ db, clock }: TestDeps, name: string, parent?: Union): Promise<Union> {
  const id = newId();
  const path = `${parent?.path ?? '/'}${id}/`;
  await db.query('INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES (?)', [
    [id, parent?.id ?? null, name, 'city', path, clock.now()],
  ]);
  return { id, path };
}

/** A province over two cities, with an admin of the whole and one of the east. */
export async function twoCities() {
  const deps = await testDeps();
  const province = await aUnion(deps, '省总工会');
  const east = await aUnion(deps, '东市总工会', province);
  const west = await aUnion(deps, '西市总工会', province);
  const root = await anAdmin(deps, 'root', [[province, 'federation-admin']]);
  const eastern = await anAdmin(deps, 'eastern', [[east, 'federation-admin']]);
  return { deps, province, east, west, root, eastern };
}

export async function anOperator(deps: TestDeps, login: string, door: 'admin' | 'merchant' = 'admin'): Promise<string> {
  const operator = { door, login, name: login, password: PASSWORD };
  return accepted(await inTransaction(deps.db, (tx) => createOperator(tx, operator, deps.clock.now())));
}

/** An admin with these roles, as a caller who has signed in. */
export async function anAdmin(
  deps: TestDeps,
  login: string,
  roles: readonly (readonly [Union, string])[],
): Promise<AdminCaller & { operatorId: string; tokens: SessionTokens }> {
  const operatorId = await anOperator(deps, login);
  for (const [union, role] of roles)
    await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [
      [operatorId, union.id, role],
    ]);
  const tokens = await aSession(deps, operatorId);
  const subject = (await loadAdmins(deps, [operatorId])).get(operatorId) as AdminCaller;
  const [session] = await deps.db.query('SELECT id FROM session WHERE subject_id = ?', [operatorId]);
  return { ...subject, operatorId, sessionId: session.id, tokens };
}

export async function aSession(
  deps: TestDeps,
  subjectId: string,
  door: 'member' | 'merchant' | 'admin' = 'admin',
): Promise<SessionTokens> {
  return inTransaction(deps.db, (tx) => openSession(tx, deps, { door, subjectId, device: 'test' }));
}

/** The roles of an admin as they stand, `<union id> <role>`. */
export async function rolesOf({ db }: TestDeps, operatorId: string): Promise<string[]> {
  const rows: { union_id: string; role: string }[] = await db.query(
    'SELECT union_id, role FROM admin_role WHERE operator_id = ? ORDER BY union_id, role',
    [operatorId],
  );
  return rows.map((row) => `${row.union_id} ${row.role}`);
}

/** The caller with the grants that the database gives now. */
export async function renewed<C extends AdminCaller>(deps: TestDeps, caller: C): Promise<C> {
  const id = caller.operatorId ?? '';
  return { ...caller, grants: (await findGrants(deps.db.manager, [id])).get(id) ?? [] };
}

export async function auditedActions({ db }: TestDeps): Promise<string[]> {
  const rows: { action: string }[] = await db.query('SELECT action FROM audit_record ORDER BY number');
  return rows.map((row) => row.action);
}
