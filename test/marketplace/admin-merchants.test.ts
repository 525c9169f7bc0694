import { describe, expect, test } from 'vitest';
import { addMerchant } from '../../src/marketplace/add-merchant.ts';
import { addOutlet } from '../../src/marketplace/add-outlet.ts';
import { addStaff, type NewStaff } from '../../src/marketplace/add-staff.ts';
import { disableStaff } from '../../src/marketplace/disable-staff.ts';
import { joinProgramme } from '../../src/marketplace/join-programme.ts';
import { loadStaff } from '../../src/marketplace/load-staff.ts';
import { setMerchantState } from '../../src/marketplace/set-merchant-state.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted } from '../support/market.ts';
import { aCity, adminOf, aMerchant, audited, refusal, rowsIn } from './support.ts';

const cashier = (merchantId: string, fields: Partial<NewStaff> = {}): NewStaff => ({
  merchantId,
  outletId: null,
  role: 'cashier',
  login: 'xiaoli',
  name: '小李',
  password: 'tea-house-42',
  ...fields,
});

describe('taking a merchant under contract', () => {
  test('joins it to the programme, active, with an audit record', async () => {
    const { deps, eastAdmin, eastProgrammeId } = await aCity();
    const input = { programmeId: eastProgrammeId, name: '悦来茶楼', category: 'dining' as const };
    const id = accepted(await addMerchant(deps, eastAdmin, newId(), input));
    expect(await deps.db.query('SELECT id, name, category, state FROM merchant')).toEqual([
      { id, name: '悦来茶楼', category: 'dining', state: 'active' },
    ]);
    expect(await deps.db.query('SELECT * FROM programme_merchant')).toEqual([
      { programme_id: eastProgrammeId, merchant_id: id },
    ]);
    expect(await audited(deps)).toEqual(['addMerchant']);
  });

  test('is refused outside the branch, without the permission, and for names that are no names, leaving nothing', async () => {
    const { deps, eastAdmin, westAdmin, eastProgrammeId, cityId } = await aCity();
    const add = (admin = eastAdmin, name = '甲', programmeId = eastProgrammeId) =>
      addMerchant(deps, admin, newId(), { programmeId, name, category: 'dining' }).then(refusal);
    expect(await add(westAdmin)).toBe('PROGRAMME_UNKNOWN at programmeId');
    expect(await add(eastAdmin, '甲', newId())).toBe('PROGRAMME_UNKNOWN at programmeId');
    expect(await add(adminOf(`/${cityId}/`, ['merchants:read', 'offers:write']))).toBe(
      'PROGRAMME_UNKNOWN at programmeId',
    );
    expect(await add(eastAdmin, '')).toBe('TEXT_LENGTH at name');
    expect(await add(eastAdmin, ' 甲')).toBe('TEXT_LENGTH at name');
    expect(await add(eastAdmin, '甲'.repeat(121))).toBe('TEXT_LENGTH at name');
    expect(await rowsIn(deps, 'merchant')).toBe(0);
    expect(await audited(deps)).toEqual([]);
  });

  test('refuses a name that a merchant has, also to two admins at the same moment', async () => {
    const { deps, eastAdmin, westAdmin, eastProgrammeId, westProgrammeId } = await aCity();
    const outcomes = await Promise.all([
      addMerchant(deps, eastAdmin, newId(), { programmeId: eastProgrammeId, name: '同名', category: 'dining' }),
      addMerchant(deps, westAdmin, newId(), { programmeId: westProgrammeId, name: '同名', category: 'fitness' }),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(refusal(outcomes.find((outcome) => !outcome.ok)!)).toBe('MERCHANT_NAME_TAKEN at name');
    expect(await rowsIn(deps, 'merchant')).toBe(1);
  });

  test('answers a repeated key with the same merchant and adds no second one', async () => {
    const { deps, eastAdmin, eastProgrammeId } = await aCity();
    const key = newId();
    const add = () =>
      addMerchant(deps, eastAdmin, key, { programmeId: eastProgrammeId, name: '悦来', category: 'dining' });
    expect(await add()).toEqual(await add());
    expect(await audited(deps)).toEqual(['addMerchant']);
  });
});

describe('having a merchant serve one more programme', () => {
  test('is for an admin of both branches', async () => {
    const { deps, cityAdmin, eastAdmin, westAdmin, eastProgrammeId, westProgrammeId } = await aCity();
    const { merchantId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    const join = (admin = cityAdmin, programmeId = westProgrammeId) =>
      joinProgramme(deps, admin, newId(), { merchantId, programmeId });
    expect(refusal(await join(eastAdmin))).toBe('PROGRAMME_UNKNOWN at programmeId');
    expect(refusal(await join(westAdmin))).toBe('MERCHANT_UNKNOWN at merchantId');
    expect(await rowsIn(deps, 'programme_merchant')).toBe(1);
    expect(accepted(await join())).toBe(merchantId);
    expect(accepted(await join())).toBe(merchantId);
    expect(await rowsIn(deps, 'programme_merchant')).toBe(2);
    expect((await audited(deps)).filter((action) => action === 'joinProgramme')).toHaveLength(1);
  });

  test('is refused for a merchant that is not active', async () => {
    const { deps, cityAdmin, eastProgrammeId, westProgrammeId } = await aCity();
    const { merchantId } = await aMerchant(deps, cityAdmin, eastProgrammeId);
    accepted(await setMerchantState(deps, cityAdmin, newId(), { merchantId, state: 'suspended' }));
    const joined = await joinProgramme(deps, cityAdmin, newId(), { merchantId, programmeId: westProgrammeId });
    expect(refusal(joined)).toBe('MERCHANT_NOT_ACTIVE at merchantId');
    expect(await rowsIn(deps, 'programme_merchant')).toBe(1);
  });
});

describe('the state of a merchant', () => {
  test('goes to and fro between active and suspended, and from ended nowhere', async () => {
    const { deps, eastAdmin, westAdmin, eastProgrammeId } = await aCity();
    const { merchantId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    const set = (state: 'active' | 'suspended' | 'ended', admin = eastAdmin) =>
      setMerchantState(deps, admin, newId(), { merchantId, state });
    expect(refusal(await set('ended', westAdmin))).toBe('MERCHANT_UNKNOWN at merchantId');
    for (const state of ['suspended', 'active', 'ended', 'ended'] as const) accepted(await set(state));
    expect(refusal(await set('active'))).toBe('MERCHANT_ENDED at merchantId');
    const [row] = await deps.db.query('SELECT state FROM merchant');
    expect(row.state).toBe('ended');
    expect((await audited(deps)).filter((action) => action === 'setMerchantState')).toHaveLength(3);
  });

  test('is not for one district to change when another relies on the merchant', async () => {
    const { deps, cityAdmin, eastAdmin, eastProgrammeId, westProgrammeId } = await aCity();
    const { merchantId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    accepted(await joinProgramme(deps, cityAdmin, newId(), { merchantId, programmeId: westProgrammeId }));
    const suspend = { merchantId, state: 'suspended' as const };
    expect(refusal(await setMerchantState(deps, eastAdmin, newId(), suspend))).toBe('MERCHANT_SHARED at merchantId');
    expect(refusal(await addStaff(deps, eastAdmin, newId(), cashier(merchantId)))).toBe(
      'MERCHANT_SHARED at merchantId',
    );
    expect(await rowsIn(deps, 'operator')).toBe(0);
    accepted(await setMerchantState(deps, cityAdmin, newId(), suspend));
  });
});

describe('outlets', () => {
  test('are refused outside the branch, without name or address, twice under one name, and after the end', async () => {
    const { deps, eastAdmin, westAdmin, eastProgrammeId } = await aCity();
    const { merchantId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    const add = (fields: { name?: string; address?: string } = {}, admin = eastAdmin) =>
      addOutlet(deps, admin, newId(), { merchantId, name: '二店', address: '乙路2号', ...fields }).then(refusal);
    expect(await add({}, westAdmin)).toBe('MERCHANT_UNKNOWN at merchantId');
    expect(await add({ name: '' })).toBe('TEXT_LENGTH at name');
    expect(await add({ address: '路'.repeat(201) })).toBe('TEXT_LENGTH at address');
    expect(await add({ name: '总店' })).toBe('OUTLET_NAME_TAKEN at name');
    accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state: 'ended' }));
    expect(await add()).toBe('MERCHANT_ENDED at merchantId');
    expect(await rowsIn(deps, 'outlet')).toBe(1);
  });
});

describe('staff', () => {
  test('come in with their role, at one outlet or all', async () => {
    const { deps, eastAdmin, eastProgrammeId } = await aCity();
    const { merchantId, outletId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    const owner = accepted(await addStaff(deps, eastAdmin, newId(), cashier(merchantId, { role: 'owner' })));
    const other = accepted(
      await addStaff(deps, eastAdmin, newId(), cashier(merchantId, { login: 'xiaowang', outletId })),
    );
    const staff = await loadStaff(deps, [owner, other, newId()]);
    expect(staff.size).toBe(2);
    expect(staff.get(owner)).toMatchObject({
      door: 'merchant',
      merchantId,
      outletId: null,
      actor: `operator:${owner}`,
    });
    expect(staff.get(owner)!.permissions.has('staff:write')).toBe(true);
    expect(staff.get(other)).toMatchObject({ merchantId, outletId });
    expect(staff.get(other)!.permissions.has('staff:write')).toBe(false);
    expect(staff.get(other)!.permissions.has('vouchers:verify')).toBe(true);
  });

  test('are refused outside the branch, at a foreign outlet, with a bad login, name or password, leaving no operator', async () => {
    const { deps, eastAdmin, westAdmin, eastProgrammeId, westProgrammeId } = await aCity();
    const { merchantId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    const foreign = await aMerchant(deps, westAdmin, westProgrammeId, '别家');
    const add = (fields: Partial<NewStaff> = {}, admin = eastAdmin) =>
      addStaff(deps, admin, newId(), cashier(merchantId, fields)).then(refusal);
    expect(await add({}, westAdmin)).toBe('MERCHANT_UNKNOWN at merchantId');
    expect(await add({ outletId: foreign.outletId })).toBe('OUTLET_UNKNOWN at outletId');
    expect(await add({ login: '?' })).toBe('LOGIN_MALFORMED at login');
    expect(await add({ name: '' })).toBe('NAME_MALFORMED at name');
    expect(await add({ password: 'short' })).toBe('PASSWORD_TOO_WEAK at password');
    expect(await rowsIn(deps, 'operator')).toBe(0);
    accepted(await addStaff(deps, eastAdmin, newId(), cashier(merchantId)));
    expect(await add()).toBe('LOGIN_TAKEN at login');
    expect(await rowsIn(deps, 'merchant_staff')).toBe(1);
  });

  test('who are disabled, or whose merchant is suspended or ended, are strangers at the door', async () => {
    const { deps, eastAdmin, westAdmin, eastProgrammeId } = await aCity();
    const { merchantId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    const gone = accepted(await addStaff(deps, eastAdmin, newId(), cashier(merchantId)));
    const stays = accepted(await addStaff(deps, eastAdmin, newId(), cashier(merchantId, { login: 'stays' })));
    expect(refusal(await disableStaff(deps, westAdmin, newId(), { operatorId: gone }))).toBe(
      'STAFF_UNKNOWN at operatorId',
    );
    expect((await loadStaff(deps, [gone, stays])).size).toBe(2);
    accepted(await disableStaff(deps, eastAdmin, newId(), { operatorId: gone }));
    accepted(await disableStaff(deps, eastAdmin, newId(), { operatorId: gone }));
    expect([...(await loadStaff(deps, [gone, stays])).keys()]).toEqual([stays]);
    expect((await audited(deps)).filter((action) => action === 'disableStaff')).toHaveLength(1);
    for (const [state, present] of [
      ['suspended', 0],
      ['active', 1],
      ['ended', 0],
    ] as const) {
      accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state }));
      expect((await loadStaff(deps, [stays])).size).toBe(present);
    }
  });

  test('cannot be taken for an operator of another door', async () => {
    const { deps, eastAdmin } = await aCity();
    expect(refusal(await disableStaff(deps, eastAdmin, newId(), { operatorId: newId() }))).toBe(
      'STAFF_UNKNOWN at operatorId',
    );
  });

  test('leave no password in the idempotency table or the audit trail', async () => {
    const { deps, eastAdmin, eastProgrammeId } = await aCity();
    const { merchantId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
    accepted(await addStaff(deps, eastAdmin, newId(), cashier(merchantId)));
    const kept = JSON.stringify([
      await deps.db.query('SELECT * FROM audit_record'),
      await deps.db.query('SELECT * FROM operator'),
    ]);
    expect(kept).not.toContain('tea-house-42');
  });
});
