import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { act } from './act.ts';
import { recordAudit } from './audit.ts';
import type { AdminCaller } from './caller.ts';
import { createOperator } from './create-operator.ts';
import { checkGranting, lockAdmins } from './granting.ts';
import { passwordFingerprint } from './passwords.ts';

export interface NewAdmin {
  login: string;
  name: string;
  password: string;
  /** The first role, without which nobody would ever see the account. */
  unionId: string;
  role: string;
}

/**
 * Makes an admin with a first role in the caller's branch; resolves with the id. The caller must hold admins:write there
 * and all that the role gives. Refusals: those of `createOperator`, ROLE_UNKNOWN, UNION_UNKNOWN, ROLE_BEYOND_YOURS.
 */
export async function createAdmin(deps: Deps, caller: AdminCaller, key: string, admin: NewAdmin): Promise<Outcome> {
  const { login, name, password, unionId, role } = admin;
  // What is stored of the input is a plain hash, from which a password could be guessed; hence its fingerprint.
  const input = { ...admin, password: passwordFingerprint(deps.config, password) };
  return act(deps, caller, { operation: 'createAdmin', key, input }, async (tx, now) => {
    const allowed = await checkGranting(tx, await lockAdmins(tx, caller), unionId, role);
    if (!allowed.ok) return allowed;
    const made = await createOperator(tx, { door: 'admin', login, name, password }, now);
    if (!made.ok) return made;
    await tx.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?, ?, ?)', [
      made.value,
      unionId,
      role,
    ]);
    const target = { targetKind: 'admin', targetId: made.value, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createAdmin', ...target, after: { login, name, role } }, now);
    return made;
  });
}
