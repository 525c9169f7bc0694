import type { AdminCaller } from '../../src/identity/caller.ts';
import { hashIdNumber, hashPhone } from '../../src/identity/personal-data.ts';
import { ADMIN_PERMISSIONS } from '../../src/identity/roles.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Result } from '../../src/platform/result.ts';
import { createProgramme } from '../../src/unions/create-programme.ts';
import { createUnion } from '../../src/unions/create-union.ts';
import { encryptIdNumber, encryptPhone } from '../../src/unions/member-data.ts';
import { unionPath } from '../../src/unions/queries.ts';
import type { UnionKind } from '../../src/unions/union-node.entity.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

/** What a refusal of this code matches. */
export function refused(code: string) {
  return { ok: false, refusal: { code } };
}

export async function aUnion(
  { db, clock }: TestDeps,
  parentId: string | null,
  name: string,
  kind: UnionKind = 'enterprise',
): Promise<string> {
  return accepted(await inTransaction(db, (tx) => createUnion(tx, { parentId, name, kind }, clock.now())));
}

export async function aProgramme({ db, clock }: TestDeps, unionId: string, name: string): Promise<string> {
  const terms = { name, pointPriceFen: 10, pointsLiveDays: 365, undoMinutes: 10 };
  return accepted(await inTransaction(db, (tx) => createProgramme(tx, { unionId, ...terms }, clock.now())));
}

/** A province over two cities, each over an enterprise. */
export async function aTree() {
  const deps = await testDeps();
  const province = await aUnion(deps, null, '省总工会', 'province');
  const east = await aUnion(deps, province, '东市总工会', 'city');
  const west = await aUnion(deps, province, '西市总工会', 'city');
  const eastWorks = await aUnion(deps, east, '东厂工会');
  const westWorks = await aUnion(deps, west, '西厂工会');
  return { deps, province, east, west, eastWorks, westWorks };
}

/** An admin who holds these permissions, all of them when not said, in the branches of these unions. */
export async function anAdmin(
  { db }: TestDeps,
  unionIds: readonly string[],
  permissions: readonly string[] = ADMIN_PERMISSIONS,
): Promise<AdminCaller> {
  const operatorId = newId();
  const held = new Set(permissions);
  const grants = await Promise.all(
    unionIds.map(async (id) => ({ unionPath: (await unionPath(db.manager, id)) ?? 'none', permissions: held })),
  );
  return { door: 'admin', actor: `operator:${operatorId}`, sessionId: newId(), operatorId, permissions: held, grants };
}

export interface Person {
  name?: string;
  staffNumber?: string;
  phone?: string;
  idNumber?: string;
  state?: string;
  sex?: string;
  birthDate?: string;
  joinedOn?: string;
  unionJoinedOn?: string;
}

/** Puts a person on a union's roll, as a roster import does. */
export async function aMember({ db, config, clock }: TestDeps, unionId: string, person: Person = {}): Promise<string> {
  const keys = config.personalData;
  const { name = '王小明', staffNumber, phone, idNumber, state = 'active' } = person;
  const { sex, birthDate, joinedOn, unionJoinedOn } = person;
  const id = newId();
  await db.query(
    `INSERT INTO member (id, union_id, name, staff_number, phone_cipher, phone_hash, id_number_cipher, id_number_hash,
       sex, birth_date, joined_on, union_joined_on, state, created_at, updated_at) VALUES (?)`,
    [
      [
        id,
        unionId,
        name,
        staffNumber ?? null,
        phone === undefined ? null : encryptPhone(keys, phone),
        phone === undefined ? null : hashPhone(keys, phone),
        idNumber === undefined ? null : encryptIdNumber(keys, idNumber),
        idNumber === undefined ? null : hashIdNumber(keys, idNumber),
        sex ?? null,
        birthDate ?? null,
        joinedOn ?? null,
        unionJoinedOn ?? null,
        state,
        clock.now(),
        clock.now(),
      ],
    ],
  );
  return id;
}

let keys = 0;

/** A fresh idempotency key. */
export function aKey(): string {
  keys += 1;
  return `test-key-${keys}`;
}

/** Every row of a list that is read page by page, each page from the last row of the one before. */
export async function everyPage<T>(page: (last: T | undefined) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for (let next = await page(undefined); next.length > 0; next = await page(all.at(-1))) all.push(...next);
  return all;
}

/** What the audit trail has, oldest first. */
export async function auditTrail({ db }: TestDeps) {
  const rows: {
    actor: string;
    action: string;
    target_id: string;
    union_id: string;
    value_before: string | null;
    value_after: string | null;
  }[] = await db.query('SELECT * FROM audit_record ORDER BY number');
  return rows.map((row) => ({
    actor: row.actor,
    action: row.action,
    targetId: row.target_id,
    unionId: row.union_id,
    before: JSON.parse(row.value_before ?? 'null'),
    after: JSON.parse(row.value_after ?? 'null'),
  }));
}
