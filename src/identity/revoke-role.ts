import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { act } from './act.ts';
import { recordAudit } from './audit.ts';
import type { AdminCaller } from './caller.ts';
import type { RoleOfAdmin } from './grant-role.ts';
import { checkGranting, grantsOf, lockAdmins, rolesOfMyAdmin } from './granting.ts';
import { lookUpAnew } from './live-callers.ts';
import { lastRole, ownAccount, roleNotHeld } from './refusals.ts';
import { revokeTokensBeyond } from './revoke-api-token.ts';

/**
 * Takes a role in a union of the caller's branch from an admin, and the API tokens which that admin made and could not
 * make any more; resolves with the admin's id. Refusals OWN_ACCOUNT, ROLE_UNKNOWN, UNION_UNKNOWN, ROLE_BEYOND_YOURS,
 * ADMIN_UNKNOWN, ROLE_NOT_HELD, LAST_ROLE.
 */
export async function revokeRole(deps: Deps, caller: AdminCaller, key: string, input: RoleOfAdmin): Promise<Outcome> {
  const { adminId, unionId, role } = input;
  return act(deps, caller, { operation: 'revokeRole', key, input }, async (tx, now) => {
    if (adminId === caller.operatorId) return refuse(ownAccount);
    const self = await lockAdmins(tx, caller, adminId);
    const allowed = await checkGranting(tx, self, unionId, role);
    if (!allowed.ok) return allowed;
    const roles = await rolesOfMyAdmin(tx, self, adminId);
    if (!roles.ok) return roles;
    const left = roles.value.filter((held) => held.unionId !== unionId || held.role !== role);
    if (left.length === roles.value.length) return refuse(roleNotHeld);
    if (left.length === 0) return refuse(lastRole);
    await tx.query('DELETE FROM admin_role WHERE operator_id = ? AND union_id = ? AND role = ?', [
      adminId,
      unionId,
      role,
    ]);
    lookUpAnew(tx.dataSource, adminId);
    await revokeTokensBeyond(tx, adminId, grantsOf(left), now);
    const target = { targetKind: 'admin', targetId: adminId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'revokeRole', ...target, before: { role } }, now);
    return accept(adminId);
  });
}
