import { expect, test } from 'vitest';
import type { StaffCaller } from '../../../src/identity/caller.ts';
import { addOutlet } from '../../../src/marketplace/add-outlet.ts';
import { addStaff } from '../../../src/marketplace/add-staff.ts';
import { loadStaff } from '../../../src/marketplace/load-staff.ts';
import { addOwnCashier, disableOwnCashier, type NewCashier } from '../../../src/marketplace/merchants/own-cashiers.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../support/market.ts';
import { aCity, aMerchant, audited, refusal, rowsIn } from '../support.ts';

/** A merchant with two outlets and an owner of all, beside another merchant. */
async function aFirm() {
  const { deps, eastAdmin, eastProgrammeId } = await aCity();
  const { merchantId, outletId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
  const second = { merchantId, name: '二店', address: '乙路2号' };
  const otherOutletId = accepted(await addOutlet(deps, eastAdmin, newId(), second));
  const foreign = await aMerchant(deps, eastAdmin, eastProgrammeId, '别家');
  const person = () => ({ login: newId().toLowerCase(), name: '小李', password: 'tea-house-42' });
  const hire = async (role: 'owner' | 'cashier', at: { merchantId: string; outletId: string | null }) =>
    accepted(await addStaff(deps, eastAdmin, newId(), { ...at, role, ...person() }));
  const signedIn = async (operatorId: string) =>
    ({ ...(await loadStaff(deps, [operatorId])).get(operatorId)!, sessionId: newId() }) as StaffCaller;
  const owner = await signedIn(await hire('owner', { merchantId, outletId: null }));
  const add = (caller: StaffCaller, fields: Partial<NewCashier> = {}) =>
    addOwnCashier(deps, caller, newId(), { outletId: null, ...person(), ...fields });
  const disable = (caller: StaffCaller, staffId: string) => disableOwnCashier(deps, caller, newId(), { staffId });
  return { deps, merchantId, outletId, otherOutletId, foreign, hire, signedIn, owner, add, disable };
}

test('an owner gives a cashier a sign-in and takes it away, with audit records and no password in them', async () => {
  const { deps, merchantId, outletId, owner, add, disable } = await aFirm();
  const cashier = accepted(await add(owner, { outletId }));
  expect((await loadStaff(deps, [cashier])).get(cashier)).toMatchObject({ merchantId, outletId });
  accepted(await disable(owner, cashier));
  accepted(await disable(owner, cashier));
  expect((await loadStaff(deps, [cashier])).size).toBe(0);
  expect((await audited(deps)).slice(-2)).toEqual(['addCashier', 'disableCashier']);
  expect(JSON.stringify(await deps.db.query('SELECT * FROM audit_record'))).not.toContain('tea-house-42');
});

test('an owner touches neither other firms nor owners', async () => {
  const { deps, foreign, owner, hire, add, disable } = await aFirm();
  const stranger = await hire('cashier', { ...foreign, outletId: null });
  const partner = await hire('owner', { merchantId: owner.merchantId, outletId: null });
  for (const id of [stranger, partner, owner.operatorId, newId()])
    expect(refusal(await disable(owner, id))).toBe('STAFF_UNKNOWN at staffId');
  const before = await rowsIn(deps, 'operator');
  expect(refusal(await add(owner, { outletId: foreign.outletId }))).toBe('OUTLET_UNKNOWN at outletId');
  expect(refusal(await add(owner, { password: 'short' }))).toBe('PASSWORD_TOO_WEAK at password');
  expect(await rowsIn(deps, 'operator')).toBe(before);
  expect((await loadStaff(deps, [stranger, partner])).size).toBe(2);
});

test('an owner of one outlet looks after the cashiers of that outlet alone', async () => {
  const { deps, merchantId, outletId, otherOutletId, owner, hire, signedIn, add, disable } = await aFirm();
  const keeper = await signedIn(await hire('owner', { merchantId, outletId }));
  expect(refusal(await add(keeper, { outletId: otherOutletId }))).toBe('OUTLET_UNKNOWN at outletId');
  const cashier = accepted(await add(keeper));
  expect((await loadStaff(deps, [cashier])).get(cashier)).toMatchObject({ outletId });
  const elsewhere = accepted(await add(owner, { outletId: otherOutletId }));
  expect(refusal(await disable(keeper, elsewhere))).toBe('STAFF_UNKNOWN at staffId');
  accepted(await disable(keeper, cashier));
});
