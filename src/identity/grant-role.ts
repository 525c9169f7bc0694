import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept } from '../platform/result.ts';
import { act } from './act.ts';
import { recordAudit } from './audit.ts';
import type { AdminCaller } from './caller.ts';
import { checkGranting, lockAdmins, rolesOfMyAdmin } from './granting.ts';
import { lookUpAnew } from './live-callers.ts';

export interface RoleOfAdmin {
  adminId: string;
  unionId: string;
  role: string;
}

/**
 * Gives an admin of the caller's branch a role in a union of it; resolves with the admin's id. Giving it again changes
 * nothing. Refusals ROLE_UNKNOWN, UNION_UNKNOWN, ROLE_BEYOND_YOURS, ADMIN_UNKNOWN.
 */
export async function grantRole(deps: Deps, caller: AdminCaller, key: string, input: RoleOfAdmin): Promise<Outcome> {
  const { adminId, unionId, role } = input;
  return act(deps, caller, { operation: 'grantRole', key, input }, async (tx, now) => {
    const self = await lockAdmins(tx, caller, adminId);
    const allowed = await checkGranting(tx, self, unionId, role);
    if (!allowed.ok) return allowed;
    const roles = await rolesOfMyAdmin(tx, self, adminId);
    if (!roles.ok) return roles;
    if (roles.value.some((held) => held.unionId === unionId && held.role === role)) return accept(adminId);
    await tx.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?, ?, ?)', [adminId, unionId, role]);
    lookUpAnew(tx.dataSource, adminId);
    const target = { targetKind: 'admin', targetId: adminId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'grantRole', ...target, after: { role } }, now);
    return accept(adminId);
  });
}
