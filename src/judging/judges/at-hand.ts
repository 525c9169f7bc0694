import type { EntityManager } from 'typeorm';
import { ADMIN_ROLE_NAMES, adminPermissions } from '../../identity/roles.ts';
import type { PageRequest } from '../../platform/graphql/connection.ts';
import { idsOnPath, unionPath } from '../../unions/queries.ts';

/** An admin who may be invited to judge. */
export interface FitJudge {
  adminId: string;
  name: string;
}

/**
 * Admins who may score on a panel of a union, because a role of theirs there or above allows it, in order of id, which
 * is the cursor; one more than a page has. `search` is the beginning of the name or login, `adminId` asks for one alone.
 */
export async function fitJudges(
  db: EntityManager,
  unionId: string,
  { search = '', adminId }: { search?: string; adminId?: string },
  { first, after = '' }: PageRequest,
): Promise<FitJudge[]> {
  const roles = ADMIN_ROLE_NAMES.filter((role) => adminPermissions(role).has('scores:submit'));
  const unionIds = idsOnPath((await unionPath(db, unionId)) ?? '');
  const begins = `${search.replace(/[\\%_]/g, '\\$&')}%`;
  const asked = adminId === undefined ? '' : 'AND o.id = ?';
  return db.query(
    `SELECT o.id AS adminId, o.name FROM operator o
     WHERE o.door = 'admin' AND o.disabled_at IS NULL AND o.id > ? AND (o.name LIKE ? OR CONVERT(o.login USING utf8mb4) LIKE ?) ${asked}
       AND o.id IN (SELECT r.operator_id FROM admin_role r WHERE r.union_id IN (?) AND r.role IN (?))
     ORDER BY o.id LIMIT ?`,
    [after, begins, begins, ...(adminId === undefined ? [] : [adminId]), ['', ...unionIds], roles, first + 1],
  );
}
