import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { lockAdmins, mayGrant, rolesOfMyAdmin } from '../identity/granting.ts';
import { memberIdOf } from '../identity/own-member.ts';
import { beyondYourBranch } from '../identity/refusals.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { ownLink } from './refusals.ts';
import { memberInScope } from './scope.ts';

/**
 * Writes down which member an admin is, or with null that she is none, so that she decides on nothing of her own. The
 * caller looks after that admin wherever she has a role and holds admins:write in the member's branch; audited. Resolves
 * with the admin's id. Refusals: OWN_ACCOUNT, ADMIN_UNKNOWN, BEYOND_YOUR_BRANCH, MEMBER_UNKNOWN.
 */
export async function linkAdminToMember(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { adminId: string; memberId: string | null },
): Promise<Outcome> {
  const { adminId, memberId } = input;
  return act(deps, caller, { operation: 'linkAdminToMember', key, input }, async (tx, now) => {
    if (adminId === caller.operatorId) return refuse(ownLink);
    const self = await lockAdmins(tx, caller, adminId);
    const roles = await rolesOfMyAdmin(tx, self, adminId);
    if (!roles.ok) return roles;
    if (!roles.value.every((held) => mayGrant(self, held.role, held.unionPath))) return refuse(beyondYourBranch);
    const member = memberId === null ? null : await memberInScope(tx, self, 'admins:write', memberId);
    if (member && !member.ok) return refuse({ ...member.refusal, at: 'memberId' });
    const before = { memberId: await memberIdOf(tx, { operatorId: adminId }) };
    if (before.memberId === memberId) return accept(adminId);
    await tx.query('UPDATE operator SET member_id = ? WHERE id = ?', [memberId, adminId]);
    // Under each union where the admin has a role, so that whoever looks after one of them sees it.
    for (const unionId of new Set(roles.value.map((held) => held.unionId))) {
      const target = { targetKind: 'admin', targetId: adminId, unionId };
      const change = { before, after: { memberId } };
      await recordAudit(tx, { actor: caller.actor, action: 'linkAdminToMember', ...target, ...change }, now);
    }
    return accept(adminId);
  });
}
