import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { type AdminCaller, type Grant, mayIn } from './caller.ts';
import { findGrants, pathOfUnion } from './queries.ts';
import { adminUnknown, roleBeyondYours, roleUnknown, unionUnknown } from './refusals.ts';
import { adminPermissions, isAdminRole } from './roles.ts';

/**
 * The caller with the grants that hold now, not five seconds ago, after locking the caller's and the other admin's rows:
 * of two admins who take each other's rights at the same moment, only the first succeeds.
 */
export async function lockAdmins(tx: Tx, caller: AdminCaller, adminId = ''): Promise<AdminCaller> {
  const rows = await tx.query<{ id: string; disabled_at: Date | null }[]>(
    "SELECT id, disabled_at FROM operator WHERE id IN (?) AND door = 'admin' ORDER BY id FOR UPDATE",
    [[caller.operatorId ?? '', adminId]],
  );
  const self = rows.find((row) => row.id === caller.operatorId);
  if (!self || self.disabled_at !== null) return { ...caller, grants: [] };
  return { ...caller, grants: (await findGrants(tx, [self.id])).get(self.id) ?? [] };
}

/** Whether an admin may give or take a role in the branch at a path: she looks after admins there and holds all of it. */
export function mayGrant(caller: AdminCaller, role: string, unionPath: string): boolean {
  return (
    mayIn(caller, 'admins:write', unionPath) &&
    [...adminPermissions(role)].every((permission) => mayIn(caller, permission, unionPath))
  );
}

/** That an admin may give or take this role in this union. Refusals ROLE_UNKNOWN, UNION_UNKNOWN, ROLE_BEYOND_YOURS. */
export async function checkGranting(tx: Tx, caller: AdminCaller, unionId: string, role: string): Promise<Result<void>> {
  if (!isAdminRole(role)) return refuse(roleUnknown);
  const path = await pathOfUnion(tx, unionId);
  if (path === undefined || !mayIn(caller, 'admins:write', path)) return refuse(unionUnknown);
  return mayGrant(caller, role, path) ? accept(undefined) : refuse(roleBeyondYours);
}

export interface HeldRole {
  unionId: string;
  unionPath: string;
  role: string;
}

/**
 * The roles of an admin whom the caller looks after: one who has a role in a branch where the caller holds admins:write.
 * Refusal ADMIN_UNKNOWN, also for an admin of elsewhere.
 */
export async function rolesOfMyAdmin(tx: Tx, caller: AdminCaller, adminId: string): Promise<Result<HeldRole[]>> {
  const roles = await tx.query<HeldRole[]>(
    `SELECT r.union_id AS unionId, u.path AS unionPath, r.role FROM admin_role r JOIN union_node u ON u.id = r.union_id
     WHERE r.operator_id = ?`,
    [adminId],
  );
  const mine = roles.some((role) => mayIn(caller, 'admins:write', role.unionPath));
  return mine ? accept(roles) : refuse(adminUnknown);
}

/** The grants that roles amount to. */
export function grantsOf(roles: readonly HeldRole[]): Grant[] {
  return roles.map(({ role, unionPath }) => ({ unionPath, permissions: adminPermissions(role) }));
}
