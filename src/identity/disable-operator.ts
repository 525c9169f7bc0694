import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { act } from './act.ts';
import { recordAudit } from './audit.ts';
import type { AdminCaller } from './caller.ts';
import { lockAdmins, mayGrant, rolesOfMyAdmin } from './granting.ts';
import { beyondYourBranch, ownAccount } from './refusals.ts';
import { revokeTokensBeyond } from './revoke-api-token.ts';
import { endAllSessions } from './sessions.ts';

/**
 * Shuts an operator out: no sign-in any more, every session ended, every API token of the operator's making revoked.
 * Whether that is allowed, and the audit record, are the caller's business. Resolves with whether anything changed.
 */
export async function disableOperator(tx: Tx, operatorId: string, now: Date): Promise<boolean> {
  const { affectedRows } = await tx.query<{ affectedRows: number }>(
    'UPDATE operator SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL',
    [now, operatorId],
  );
  if (affectedRows === 0) return false;
  await endAllSessions(tx, operatorId, now, 'disabled');
  await revokeTokensBeyond(tx, operatorId, [], now);
  return true;
}

/**
 * Disables an admin, all of whose roles lie where the caller may take them; resolves with the admin's id. Disabling
 * again changes nothing. Refusals OWN_ACCOUNT, ADMIN_UNKNOWN, BEYOND_YOUR_BRANCH.
 */
export async function disableAdmin(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { adminId: string },
): Promise<Outcome> {
  const { adminId } = input;
  return act(deps, caller, { operation: 'disableAdmin', key, input }, async (tx, now) => {
    if (adminId === caller.operatorId) return refuse(ownAccount);
    const self = await lockAdmins(tx, caller, adminId);
    const roles = await rolesOfMyAdmin(tx, self, adminId);
    if (!roles.ok) return roles;
    if (!roles.value.every((held) => mayGrant(self, held.role, held.unionPath))) return refuse(beyondYourBranch);
    if (!(await disableOperator(tx, adminId, now))) return accept(adminId);
    // Under each union where the admin had a role, so that whoever looks after one of them sees it.
    for (const unionId of new Set(roles.value.map((held) => held.unionId))) {
      const target = { targetKind: 'admin', targetId: adminId, unionId };
      await recordAudit(tx, { actor: caller.actor, action: 'disableAdmin', ...target }, now);
    }
    return accept(adminId);
  });
}
