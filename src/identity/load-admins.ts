import type { Deps } from '../platform/deps.ts';
import type { Subject } from './authenticate.ts';
import type { AdminCaller, Grant } from './caller.ts';
import { findGrants } from './queries.ts';
import { SIGNED_IN_ADMIN_PERMISSIONS } from './roles.ts';

/** The subjects of the admin door: every admin of these ids who is not disabled. Two statements, however many. */
export async function loadAdmins(deps: Deps, ids: readonly string[]): Promise<Map<string, Subject>> {
  const db = deps.db.manager;
  const rows = await db.query<{ id: string }[]>(
    "SELECT id FROM operator WHERE id IN (?) AND door = 'admin' AND disabled_at IS NULL",
    [ids],
  );
  const present = rows.map((row) => row.id);
  const grants = await findGrants(db, present);
  return new Map(present.map((id) => [id, adminSubject(id, grants.get(id) ?? [])]));
}

function adminSubject(operatorId: string, grants: Grant[]): Omit<AdminCaller, 'sessionId'> {
  return {
    door: 'admin',
    actor: `operator:${operatorId}`,
    operatorId,
    permissions: new Set([...SIGNED_IN_ADMIN_PERMISSIONS, ...grants.flatMap((grant) => [...grant.permissions])]),
    grants,
  };
}
