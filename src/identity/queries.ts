import type { EntityManager } from 'typeorm';
import type { AdminCaller, Grant } from './caller.ts';
import { adminPermissions } from './roles.ts';

export interface KnownSession {
  expiresAt: Date;
  revoked: boolean;
}

/** Sessions by id, live or ended. */
export async function findSessions(db: EntityManager, ids: readonly string[]): Promise<Map<string, KnownSession>> {
  const rows = await db.query<{ id: string; expires_at: Date; revoked_at: Date | null }[]>(
    'SELECT id, expires_at, revoked_at FROM session WHERE id IN (?)',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { expiresAt: row.expires_at, revoked: row.revoked_at !== null }]));
}

export interface KnownApiToken {
  id: string;
  unionPath: string;
  permissions: string[];
  expiresAt: Date;
  revoked: boolean;
}

/** API tokens by the hexadecimal form of their hash. */
export async function findApiTokens(db: EntityManager, hashes: readonly string[]): Promise<Map<string, KnownApiToken>> {
  const rows = await db.query<
    { id: string; hash: Buffer; permissions: string; expires_at: Date; revoked_at: Date | null; path: string }[]
  >(
    `SELECT t.id, t.token_hash AS hash, t.permissions, t.expires_at, t.revoked_at, u.path
     FROM api_token t JOIN union_node u ON u.id = t.union_id WHERE t.token_hash IN (?)`,
    [hashes.map((hash) => Buffer.from(hash, 'hex'))],
  );
  return new Map(
    rows.map((row) => [
      row.hash.toString('hex'),
      {
        id: row.id,
        unionPath: row.path,
        permissions: row.permissions.split(' '),
        expiresAt: row.expires_at,
        revoked: row.revoked_at !== null,
      },
    ]),
  );
}

/** What each of these admins may do and where; an admin without a role has no entry. */
export async function findGrants(db: EntityManager, operatorIds: readonly string[]): Promise<Map<string, Grant[]>> {
  const grants = new Map<string, Grant[]>();
  if (operatorIds.length === 0) return grants;
  const rows = await db.query<{ operator_id: string; role: string; path: string }[]>(
    `SELECT r.operator_id, r.role, u.path FROM admin_role r JOIN union_node u ON u.id = r.union_id
     WHERE r.operator_id IN (?)`,
    [operatorIds],
  );
  for (const row of rows) {
    const grant = { unionPath: row.path, permissions: adminPermissions(row.role) };
    grants.set(row.operator_id, [...(grants.get(row.operator_id) ?? []), grant]);
  }
  return grants;
}

/** The tops of the branches in which an admin holds a permission. */
export function branchesOf(caller: AdminCaller, permission: string): string[] {
  return caller.grants.filter((grant) => grant.permissions.has(permission)).map((grant) => grant.unionPath);
}

/** A condition that a path lies in one of these branches, with its parameters. Paths are ids and slashes: no wildcards. */
export function inBranches(column: string, paths: readonly string[]): { sql: string; params: string[] } {
  if (paths.length === 0) return { sql: 'FALSE', params: [] };
  return { sql: `(${paths.map(() => `${column} LIKE ?`).join(' OR ')})`, params: paths.map((path) => `${path}%`) };
}

/** The path of a union, "/<root>/…/<id>/"; undefined when there is no such union. */
export async function pathOfUnion(db: EntityManager, unionId: string): Promise<string | undefined> {
  const [row] = await db.query<{ path: string }[]>('SELECT path FROM union_node WHERE id = ?', [unionId]);
  return row?.path;
}
