import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { createOperator } from '../identity/create-operator.ts';
import { passwordFingerprint } from '../identity/passwords.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { refuse } from '../platform/result.ts';
import { isOver } from './merchant.entity.ts';
import { MerchantStaff, type StaffRole } from './merchant-staff.entity.ts';
import { Outlet } from './outlet.entity.ts';
import { merchantEnded, outletUnknown } from './refusals.ts';
import { wholeMerchantInScope } from './scope.ts';

export interface NewStaff {
  merchantId: string;
  /** Where the person works; null for all outlets of the merchant. */
  outletId: string | null;
  role: StaffRole;
  login: string;
  name: string;
  /** To begin with; the person changes it. */
  password: string;
}

/**
 * Gives a person a sign-in at the merchant door; resolves with the operator's id; audited. Staff can use the vouchers
 * of every programme that the merchant serves, so the admin must hold merchants:write in all of their unions.
 * Refusals: MERCHANT_UNKNOWN, MERCHANT_SHARED, MERCHANT_ENDED, OUTLET_UNKNOWN, those of createOperator.
 */
export async function addStaff(deps: Deps, caller: AdminCaller, key: string, staff: NewStaff): Promise<Outcome> {
  const { merchantId, outletId, role, login, name, password } = staff;
  // What is stored of the input is a plain hash, from which a password could be guessed; hence its fingerprint.
  const input = { ...staff, password: passwordFingerprint(deps.config, password) };
  return act(deps, caller, { operation: 'addStaff', key, input }, async (tx, now) => {
    const found = await wholeMerchantInScope(tx, caller, 'merchants:write', merchantId);
    if (!found.ok) return found;
    if (isOver(found.value.merchant)) return refuse(merchantEnded);
    if (outletId !== null && !(await tx.existsBy(Outlet, { id: outletId, merchantId }))) return refuse(outletUnknown);
    const made = await createOperator(tx, { door: 'merchant', login, name, password }, now);
    if (!made.ok) return made;
    await tx.insert(MerchantStaff, { operatorId: made.value, merchantId, outletId, role });
    const target = { targetKind: 'staff', targetId: made.value, unionId: found.value.unionId };
    const after = { merchantId, outletId, role, login, name };
    await recordAudit(tx, { actor: caller.actor, action: 'addStaff', ...target, after }, now);
    return made;
  });
}
