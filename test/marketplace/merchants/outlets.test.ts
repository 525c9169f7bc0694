import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addOutlet } from '../../../src/marketplace/add-outlet.ts';
import { contractsOf, servedKey } from '../../../src/marketplace/contracts/contracts.ts';
import { endContract } from '../../../src/marketplace/contracts/end-contract.ts';
import type { MerchantCategory } from '../../../src/marketplace/merchant.entity.ts';
import type { OutletChange } from '../../../src/marketplace/outlets/apply-change.ts';
import { changeOutlet } from '../../../src/marketplace/outlets/change-outlet.ts';
import {
  type NearbyOutlet,
  nearbyCursor,
  nearbyOutlets,
  nearbyStatement,
} from '../../../src/marketplace/outlets/nearby.ts';
import { openingText } from '../../../src/marketplace/outlets/opening-hours.ts';
import { hoursOfOutlets } from '../../../src/marketplace/outlets/queries.ts';
import type { Near } from '../../../src/marketplace/search/near.ts';
import { setMerchantState } from '../../../src/marketplace/set-merchant-state.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted } from '../../support/market.ts';
import { aCity, aMerchant, audited, refusal, rowsIn } from '../support.ts';

const [LATITUDE, LONGITUDE] = [31.23, 121.47];

/** A town with a merchant, and shorthands for its shops and for looking around. */
async function aTown() {
  const city = await aCity();
  const { deps, eastAdmin, eastProgrammeId, westProgrammeId } = city;
  const { merchantId, outletId } = await aMerchant(deps, eastAdmin, eastProgrammeId);
  const openShops = async (places: readonly (readonly [number, number])[], of = merchantId) => {
    const columns = ['id', 'merchant_id', 'name', 'address', 'latitude', 'longitude', 'created_at'];
    const rows = places.map(([latitude, longitude]) => {
      const id = newId();
      return [id, of, id, '甲路', latitude, longitude, deps.clock.now()];
    });
    await inTransaction(deps.db, (tx) => insertRows(tx, 'outlet', columns, rows));
    return rows.map(([id]) => id as string);
  };
  const wanted = (near: Partial<Near> = {}, more: { category?: MerchantCategory; programmeIds?: string[] } = {}) => ({
    programmeIds: [eastProgrammeId, westProgrammeId],
    near: { latitude: LATITUDE, longitude: LONGITUDE, metres: 5_000, ...near },
    now: deps.clock.now(),
    ...more,
  });
  const around = async (...asked: Parameters<typeof wanted>) =>
    (await nearbyOutlets(deps.db.manager, wanted(...asked), { first: 100, after: undefined })).items;
  const ids = async (...asked: Parameters<typeof wanted>) => (await around(...asked)).map((one) => one.outletId);
  return { ...city, merchantId, outletId, openShops, wanted, around, ids };
}

/** Metres between two places, by another formula than the database's. */
function metresBetween([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number {
  const point = (latitude: number, longitude: number) => {
    const [up, across] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(up) * Math.cos(across), Math.cos(up) * Math.sin(across), Math.sin(up)] as const;
  };
  const [p, q] = [point(a, b), point(c, d)];
  return 2 * 6_370_986 * Math.asin(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) / 2);
}

describe('outlets nearby', () => {
  test('come by distance with those of one distance by id, walked whole and without repeats page by page', async () => {
    const { deps, openShops, wanted } = await aTown();
    const here = [LATITUDE, LONGITUDE] as const;
    const places = fc.array(
      fc
        .tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 }))
        .map(([up, across]) => [LATITUDE + up / 1_000, LONGITUDE + across / 1_000] as const),
      { minLength: 1, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.integer({ min: 1, max: 9_000 }),
        fc.integer({ min: 1, max: 7 }),
        async (all, metres, first) => {
          await deps.db.query('DELETE FROM outlet');
          const ids = await openShops(all);
          const seen: NearbyOutlet[] = [];
          for (let after: string | undefined; ; after = nearbyCursor(seen.at(-1)!)) {
            const page = await nearbyOutlets(deps.db.manager, wanted({ metres }), { first, after });
            seen.push(...page.items);
            if (!page.hasNextPage) break;
            expect(page.items).toHaveLength(first);
          }
          const expected = ids
            .map((outletId, i) => ({ outletId, metres: Math.round(metresBetween(here, all[i]!)) }))
            .filter((one) => one.metres <= metres)
            .sort((a, b) => a.metres - b.metres || (a.outletId < b.outletId ? -1 : 1));
          expect(seen).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('are of active merchants that are under contract with the programmes today', async () => {
    const { deps, merchantId, openShops, ids, eastAdmin, eastProgrammeId, westProgrammeId } = await aTown();
    const [shop] = await openShops([[LATITUDE, LONGITUDE]]);
    expect(await ids()).toEqual([shop]);
    expect(await ids({}, { programmeIds: [westProgrammeId] })).toEqual([]);
    expect(await ids({}, { programmeIds: [] })).toEqual([]);
    accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state: 'suspended' }));
    expect(await ids()).toEqual([]);
    accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state: 'active' }));
    const pair = { programmeId: eastProgrammeId, merchantId };
    const [contract] = (await contractsOf(deps.db.manager, [pair])).get(servedKey(pair))!;
    const end = { contractId: contract!.id, untilDay: '2026-08-03', reason: '到期不续' };
    accepted(await endContract(deps, eastAdmin, newId(), end));
    expect(await ids()).toEqual([shop]);
    deps.clock.advance({ days: 1 });
    expect(await ids()).toEqual([]);
  });

  test('are found by category, those under it among them', async () => {
    const { deps, openShops, ids, eastAdmin, eastProgrammeId } = await aTown();
    const [tea] = await openShops([[LATITUDE, LONGITUDE]]);
    const gym = await aMerchant(deps, eastAdmin, eastProgrammeId, '健身房');
    await deps.db.query("UPDATE merchant SET category = 'fitness' WHERE id = ?", [gym.merchantId]);
    const [hall] = await openShops([[LATITUDE, LONGITUDE]], gym.merchantId);
    expect(await ids({}, { category: 'dining' })).toEqual([tea]);
    expect(await ids({}, { category: 'fitness' })).toEqual([hall]);
    expect(await ids({}, { category: 'entertainment' })).toEqual([hall]);
    expect(await ids({}, { category: 'travel' })).toEqual([]);
  });

  test('are read through the index of places, never by a scan of all outlets', async () => {
    const { deps, openShops, wanted } = await aTown();
    await openShops(
      Array.from({ length: 3_000 }, (_, i) => [20 + (i % 60) / 2, 100 + Math.floor(i / 60) / 2] as const),
    );
    await deps.db.query('ANALYZE TABLE outlet');
    const { sql, values } = nearbyStatement(wanted(), { first: 20, after: undefined });
    const plan: { table: string; type: string; key: string; rows: number }[] = await deps.db.query(
      `EXPLAIN ${sql}`,
      values,
    );
    const outlets = plan.find(({ table }) => table === 'o')!;
    expect(outlets).toMatchObject({ type: 'range', key: 'outlet_place' });
    expect(Number(outlets.rows)).toBeLessThan(300);
    // One merchant is read as fast without its index.
    expect(plan.filter(({ type, rows }) => type === 'ALL' && Number(rows) > 1)).toEqual([]);
  });

  test('take one statement, and a cursor of another list leads to nothing', async () => {
    const { deps, openShops, wanted } = await aTown();
    await openShops([[LATITUDE, LONGITUDE]]);
    const page = { first: 10, after: newId() };
    expect(await countQueries(deps.db, () => nearbyOutlets(deps.db.manager, wanted(), page))).toBe(1);
    expect((await nearbyOutlets(deps.db.manager, wanted(), page)).items).toEqual([]);
  });
});

describe('an outlet', () => {
  const HOURS = [{ weekday: 1, opens: '09:00', closes: '21:00' }];
  const PLACE = { latitude: 31.2304, longitude: 121.4737 };

  test('is added with its place and hours, and changed field by field', async () => {
    const { deps, merchantId, eastAdmin, around } = await aTown();
    const shop = { merchantId, name: '二店', address: '乙路2号', place: PLACE, hours: HOURS };
    const outletId = accepted(await addOutlet(deps, eastAdmin, newId(), shop));
    const change = async (fields: Partial<OutletChange>) =>
      accepted(await changeOutlet(deps, eastAdmin, newId(), { outletId, ...fields }));
    const stored = async () => {
      const [row] = await deps.db.query('SELECT name, address, latitude FROM outlet WHERE id = ?', [outletId]);
      const hours = (await hoursOfOutlets(deps.db.manager, [outletId])).get(outletId) ?? [];
      return [row.name, row.address, row.latitude === null ? null : Number(row.latitude), hours.map(openingText)];
    };
    expect(await stored()).toEqual(['二店', '乙路2号', 31.2304, HOURS]);
    expect((await around()).map((one) => one.outletId)).toEqual([outletId]);
    await change({ address: '丙路3号' });
    expect(await stored()).toEqual(['二店', '丙路3号', 31.2304, HOURS]);
    await change({ hours: [], place: null });
    expect(await stored()).toEqual(['二店', '丙路3号', null, []]);
    await change({ name: '二店' });
    expect((await audited(deps)).filter((action) => action === 'changeOutlet')).toHaveLength(2);
  });

  test('is refused outside the branch, off the map, with hours or a name that cannot be, changing nothing', async () => {
    const { deps, merchantId, outletId, eastAdmin, westAdmin } = await aTown();
    const second = { merchantId, name: '二店', address: '乙路2号' };
    accepted(await addOutlet(deps, eastAdmin, newId(), second));
    const change = (fields: Partial<OutletChange>, admin = eastAdmin) =>
      changeOutlet(deps, admin, newId(), { outletId, ...fields }).then(refusal);
    expect(await change({ name: '新店' }, westAdmin)).toBe('OUTLET_UNKNOWN at outletId');
    expect(await change({ outletId: newId() })).toBe('OUTLET_UNKNOWN at outletId');
    expect(await change({ name: '二店' })).toBe('OUTLET_NAME_TAKEN at name');
    expect(await change({ address: '' })).toBe('TEXT_LENGTH at address');
    const exchanged = { latitude: PLACE.longitude, longitude: PLACE.latitude };
    expect(await change({ place: exchanged })).toBe('PLACE_OUT_OF_RANGE at place');
    expect(await change({ hours: [...HOURS, ...HOURS] })).toBe('HOURS_OVERLAP at hours.1');
    const third = { merchantId, name: '三店', address: '丙路', place: exchanged };
    expect(refusal(await addOutlet(deps, eastAdmin, newId(), third))).toBe('PLACE_OUT_OF_RANGE at place');
    expect(await rowsIn(deps, 'outlet')).toBe(2);
    expect(await rowsIn(deps, 'outlet_hours')).toBe(0);
    accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state: 'ended' }));
    expect(await change({ name: '新店' })).toBe('MERCHANT_ENDED at merchantId');
  });
});
