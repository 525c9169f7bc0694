import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { StaffCaller } from '../../identity/caller.ts';
import { createOperator } from '../../identity/create-operator.ts';
import { disableOperator } from '../../identity/disable-operator.ts';
import { passwordFingerprint } from '../../identity/passwords.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { MerchantStaff } from '../merchant-staff.entity.ts';
import { Outlet } from '../outlet.entity.ts';
import { outletUnknown } from '../refusals.ts';
import { unionsServed } from '../scope.ts';
import { cashierUnknown } from './refusals.ts';

export interface NewCashier {
  /** Where the person works; null for all outlets of the owner. */
  outletId: string | null;
  login: string;
  name: string;
  /** To begin with; the person changes it. */
  password: string;
}

/**
 * Gives a cashier of the owner’s firm a sign-in, at the owner’s own outlet where the owner has but one. Resolves with
 * the operator’s id; audited. Refusals: OUTLET_UNKNOWN, those of createOperator.
 */
export async function addOwnCashier(
  deps: Deps,
  caller: StaffCaller,
  key: string,
  cashier: NewCashier,
): Promise<Outcome> {
  // What is stored of the input is a plain hash, from which a password could be guessed; hence its fingerprint.
  const input = { ...cashier, password: passwordFingerprint(deps.config, cashier.password) };
  return act(deps, caller, { operation: 'addCashier', key, input }, async (tx, now) => {
    const { merchantId } = caller;
    const { login, name, password, outletId } = { ...cashier, outletId: cashier.outletId ?? caller.outletId };
    if (outletId !== null) {
      const isOwn = caller.outletId === null || caller.outletId === outletId;
      if (!isOwn || !(await tx.existsBy(Outlet, { id: outletId, merchantId }))) return refuse(outletUnknown);
    }
    const made = await createOperator(tx, { door: 'merchant', login, name, password }, now);
    if (!made.ok) return made;
    await tx.insert(MerchantStaff, { operatorId: made.value, merchantId, outletId, role: 'cashier' });
    const [union] = await unionsServed(tx, merchantId);
    const target = { targetKind: 'staff', targetId: made.value, unionId: union?.id ?? null };
    const after = { merchantId, outletId, role: 'cashier', login, name };
    await recordAudit(tx, { actor: caller.actor, action: 'addCashier', ...target, after }, now);
    return made;
  });
}

/**
 * Shuts a cashier of the owner’s firm out for good, open sessions included; resolves with the operator’s id, also when
 * it was done before; audited. Refusal: STAFF_UNKNOWN, also for owners and for cashiers of outlets that are not the
 * owner’s.
 */
export async function disableOwnCashier(
  deps: Deps,
  caller: StaffCaller,
  key: string,
  { staffId }: { staffId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'disableCashier', key, input: { staffId } }, async (tx, now) => {
    const { merchantId, outletId } = caller;
    const staff = await tx.findOneBy(MerchantStaff, { operatorId: staffId, merchantId, role: 'cashier' });
    if (!staff || (outletId !== null && staff.outletId !== outletId)) return refuse(cashierUnknown);
    if (!(await disableOperator(tx, staffId, now))) return accept(staffId);
    const [union] = await unionsServed(tx, merchantId);
    const target = { targetKind: 'staff', targetId: staffId, unionId: union?.id ?? null };
    await recordAudit(tx, { actor: caller.actor, action: 'disableCashier', ...target }, now);
    return accept(staffId);
  });
}
