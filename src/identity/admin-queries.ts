import { type EntityManager, In } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { ApiToken } from './api-token.entity.ts';
import { AuditRecord } from './audit-record.entity.ts';
import { Operator } from './operator.entity.ts';
import { inBranches } from './queries.ts';

export interface AdminWithRoles {
  operator: Operator;
  roles: { unionId: string; unionName: string; role: string }[];
}

/** Admins who have a role in one of these branches, in order of id (the cursor); only those roles are told. */
export async function adminsIn(
  db: EntityManager,
  branches: readonly string[],
  page: PageRequest,
): Promise<Page<AdminWithRoles>> {
  const within = inBranches('u.path', branches);
  const rows = await db.query<{ id: string }[]>(
    `SELECT DISTINCT r.operator_id AS id FROM admin_role r JOIN union_node u ON u.id = r.union_id
     WHERE ${within.sql} AND r.operator_id > ? ORDER BY r.operator_id LIMIT ?`,
    [...within.params, page.after ?? '', page.first + 1],
  );
  const { items, hasNextPage } = pageOf(rows, page);
  const ids = items.map((row) => row.id);
  return { items: await findAdmins(db, ids, branches), hasNextPage };
}

/** Admins by id, in order of id, with the roles that they have in these branches. Two statements, however many. */
export async function findAdmins(
  db: EntityManager,
  ids: readonly string[],
  branches: readonly string[],
): Promise<AdminWithRoles[]> {
  if (ids.length === 0) return [];
  const operators = await db
    .createQueryBuilder(Operator, 'o')
    .where("o.id IN (:...ids) AND o.door = 'admin'", { ids })
    .orderBy('o.id')
    .getMany();
  const within = inBranches('u.path', branches);
  const roles = await db.query<{ adminId: string; unionId: string; unionName: string; role: string }[]>(
    `SELECT r.operator_id AS adminId, r.union_id AS unionId, u.name AS unionName, r.role
     FROM admin_role r JOIN union_node u ON u.id = r.union_id WHERE r.operator_id IN (?) AND ${within.sql}
     ORDER BY u.path, r.role`,
    [ids, ...within.params],
  );
  return operators.map((operator) => ({ operator, roles: roles.filter((role) => role.adminId === operator.id) }));
}

/** API tokens of these branches, in order of id (the cursor), revoked ones too. */
export async function apiTokensIn(
  db: EntityManager,
  branches: readonly string[],
  page: PageRequest,
): Promise<Page<ApiToken>> {
  const within = inBranches('u.path', branches);
  const rows = await db.query<{ id: string }[]>(
    `SELECT t.id FROM api_token t JOIN union_node u ON u.id = t.union_id
     WHERE ${within.sql} AND t.id > ? ORDER BY t.id LIMIT ?`,
    [...within.params, page.after ?? '', page.first + 1],
  );
  const { items, hasNextPage } = pageOf(rows, page);
  return {
    items: await findApiTokensById(
      db,
      items.map((row) => row.id),
    ),
    hasNextPage,
  };
}

/** API tokens by id, in order of id. */
export async function findApiTokensById(db: EntityManager, ids: readonly string[]): Promise<ApiToken[]> {
  if (ids.length === 0) return [];
  return db.createQueryBuilder(ApiToken, 't').where('t.id IN (:...ids)', { ids }).orderBy('t.id').getMany();
}

export interface AuditFilter {
  branches: readonly string[];
  /** Whether records that concern no branch are shown too. */
  withBranchless: boolean;
  targetKind?: string;
  targetId?: string;
}

/** Audit records, newest first; the cursor is the record's number. */
export async function auditRecordsIn(
  db: EntityManager,
  { branches, withBranchless, targetKind, targetId }: AuditFilter,
  page: PageRequest,
): Promise<Page<AuditRecord>> {
  const within = inBranches('u.path', branches);
  const conditions = [
    `(a.union_id IN (SELECT u.id FROM union_node u WHERE ${within.sql})${withBranchless ? ' OR a.union_id IS NULL' : ''})`,
    'a.number < ?',
  ];
  const params: (string | number)[] = [...within.params, olderThan(page.after)];
  for (const [column, wanted] of [
    ['a.target_kind', targetKind],
    ['a.target_id', targetId],
  ] as const) {
    if (wanted === undefined) continue;
    conditions.push(`${column} = ?`);
    params.push(wanted);
  }
  const rows = await db.query<{ number: number }[]>(
    `SELECT a.number FROM audit_record a WHERE ${conditions.join(' AND ')} ORDER BY a.number DESC LIMIT ?`,
    [...params, page.first + 1],
  );
  const { items, hasNextPage } = pageOf(rows, page);
  const numbers = items.map((row) => row.number);
  return {
    items: await db.find(AuditRecord, { where: { number: In(numbers) }, order: { number: 'DESC' } }),
    hasNextPage,
  };
}

function olderThan(cursor: string | undefined): number {
  // What is no number was no cursor of ours: nothing is older than that.
  return cursor === undefined ? Number.MAX_SAFE_INTEGER : Number.parseInt(cursor, 10) || 0;
}
