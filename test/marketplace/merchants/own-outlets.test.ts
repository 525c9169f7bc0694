import { expect, test } from 'vitest';
import type { StaffCaller } from '../../../src/identity/caller.ts';
import { addOutlet } from '../../../src/marketplace/add-outlet.ts';
import { addStaff } from '../../../src/marketplace/add-staff.ts';
import { loadStaff } from '../../../src/marketplace/load-staff.ts';
import { changeOwnOutlet, type OwnOutletChange } from '../../../src/marketplace/outlets/change-own-outlet.ts';
import { openingText } from '../../../src/marketplace/outlets/opening-hours.ts';
import { hoursOfOutlets } from '../../../src/marketplace/outlets/queries.ts';
import { setMerchantState } from '../../../src/marketplace/set-merchant-state.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../support/market.ts';
import { aCity, aMerchant, audited, refusal } from '../support.ts';

const WEEK = [
  { weekday: 1, opens: '09:00', closes: '21:00' },
  { weekday: 6, opens: '10:00', closes: '02:00' },
];

/** A merchant with two outlets and an owner of all, beside another merchant. */
async function aFirm() {
  const { deps, eastAdmin, eastId, eastProgrammeId } = await aCity();
  const { merchantId, outletId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
  const second = { merchantId, name: '二店', address: '乙路2号' };
  const otherOutletId = accepted(await addOutlet(deps, eastAdmin, newId(), second));
  const foreign = await aMerchant(deps, eastAdmin, eastProgrammeId, '别家');
  const owner = async (at: string | null): Promise<StaffCaller> => {
    const person = { login: newId().toLowerCase(), name: '小李', password: 'tea-house-42' };
    const hired = { merchantId, outletId: at, role: 'owner' as const, ...person };
    const operatorId = accepted(await addStaff(deps, eastAdmin, newId(), hired));
    return { ...(await loadStaff(deps, [operatorId])).get(operatorId)!, sessionId: newId() } as StaffCaller;
  };
  const change = async (caller: StaffCaller, fields: Partial<OwnOutletChange>, key = newId()) =>
    changeOwnOutlet(deps, caller, key, { outletId, ...fields });
  const hours = async (id: string) => ((await hoursOfOutlets(deps.db.manager, [id])).get(id) ?? []).map(openingText);
  return { deps, eastAdmin, eastId, merchantId, outletId, otherOutletId, foreign, owner, change, hours };
}

test('an owner changes when an outlet is open and where it is, once for each key, with a record of before and after', async () => {
  const { deps, eastId, outletId, owner, change, hours } = await aFirm();
  const boss = await owner(null);
  const place = { latitude: 31.23, longitude: 121.47 };
  accepted(await change(boss, { hours: WEEK, address: '新路3号', place }, 'new-hours'));
  accepted(await change(boss, { hours: WEEK, address: '新路3号', place }, 'new-hours'));
  expect(await hours(outletId)).toEqual(WEEK);
  const [outlet] = await deps.db.query('SELECT name, address, latitude FROM outlet WHERE id = ?', [outletId]);
  expect(outlet).toEqual({ name: '总店', address: '新路3号', latitude: '31.230000' });
  const records = await deps.db.query("SELECT * FROM audit_record WHERE action = 'changeOutlet'");
  expect(records).toMatchObject([{ actor: boss.actor, target_id: outletId, union_id: eastId }]);
  expect(JSON.parse(records[0].value_before)).toMatchObject({ hours: [], address: '人民路1号', place: null });
  expect(JSON.parse(records[0].value_after)).toMatchObject({ hours: WEEK, address: '新路3号', place });
});

test('what is so already leaves no record, and what is not given stays', async () => {
  const { deps, outletId, owner, change, hours } = await aFirm();
  const boss = await owner(null);
  accepted(await change(boss, { hours: WEEK }));
  accepted(await change(boss, { hours: WEEK, address: '人民路1号' }));
  expect((await audited(deps)).filter((action) => action === 'changeOutlet')).toHaveLength(1);
  accepted(await change(boss, { address: '新路3号' }));
  expect(await hours(outletId)).toEqual(WEEK);
  accepted(await change(boss, { hours: [] }));
  expect(await hours(outletId)).toEqual([]);
});

test('an owner changes no outlet of another firm, and an owner of one outlet no other', async () => {
  const { outletId, otherOutletId, foreign, owner, change, hours } = await aFirm();
  const [boss, keeper] = [await owner(null), await owner(outletId)];
  for (const [caller, id] of [
    [boss, foreign.outletId],
    [boss, newId()],
    [keeper, otherOutletId],
  ] as const)
    expect(refusal(await change(caller, { outletId: id, hours: WEEK }))).toBe('OUTLET_UNKNOWN at outletId');
  expect([await hours(foreign.outletId), await hours(otherOutletId)]).toEqual([[], []]);
  accepted(await change(keeper, { hours: WEEK }));
  accepted(await change(boss, { outletId: otherOutletId, hours: WEEK }));
});

test('hours that cannot be, a place outside China and the outlets of a firm that has ended are refused', async () => {
  const { deps, eastAdmin, merchantId, outletId, owner, change, hours } = await aFirm();
  const boss = await owner(null);
  const overlapping = [...WEEK, { weekday: 1, opens: '20:00', closes: '22:00' }];
  expect(refusal(await change(boss, { hours: overlapping }))).toBe('HOURS_OVERLAP at hours.2');
  expect(refusal(await change(boss, { hours: [{ ...WEEK[0]!, opens: '9:00' }] }))).toMatch('HOURS_MALFORMED');
  expect(refusal(await change(boss, { place: { latitude: 121, longitude: 31 } }))).toBe('PLACE_OUT_OF_RANGE at place');
  expect(refusal(await change(boss, { address: ' ' }))).toBe('TEXT_LENGTH at address');
  accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state: 'ended' }));
  expect(refusal(await change(boss, { hours: WEEK }))).toBe('MERCHANT_ENDED at merchantId');
  expect(await hours(outletId)).toEqual([]);
});
