import { describe, expect, test } from 'vitest';
import { addOutlet } from '../../src/marketplace/add-outlet.ts';
import { addStock } from '../../src/marketplace/add-stock.ts';
import { changeOffer, type OfferChange } from '../../src/marketplace/change-offer.ts';
import { createOffer, type NewOffer } from '../../src/marketplace/create-offer.ts';
import { endOffer } from '../../src/marketplace/end-offer.ts';
import { joinProgramme } from '../../src/marketplace/join-programme.ts';
import { pauseOffer } from '../../src/marketplace/pause-offer.ts';
import { putOnSale } from '../../src/marketplace/put-on-sale.ts';
import { setMerchantState } from '../../src/marketplace/set-merchant-state.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { accepted, tally } from '../support/market.ts';
import { aCity, adminOf, aMerchant, anOfferOnSale, audited, offerInput, refusal, rowsIn } from './support.ts';

async function aShop() {
  const city = await aCity();
  const { deps, eastAdmin, eastProgrammeId } = city;
  const shop = await aMerchant(deps, eastAdmin, eastProgrammeId);
  const ids = { ...shop, programmeId: eastProgrammeId };
  const input = (fields: Partial<NewOffer> = {}) => offerInput(ids, fields);
  const draft = async (fields: Partial<NewOffer> = {}) =>
    accepted(await createOffer(deps, eastAdmin, newId(), input(fields)));
  const onSale = (fields: Partial<NewOffer> = {}) => anOfferOnSale(deps, eastAdmin, input(fields));
  const row = async (id: string) => (await deps.db.query('SELECT * FROM offer WHERE id = ?', [id]))[0];
  return { ...city, ...ids, input, draft, onSale, row };
}

describe('a new offer', () => {
  test('is a draft with its stock and outlets, each outlet once', async () => {
    const { deps, draft, row, outletId } = await aShop();
    const id = await draft({ price: points(0), stock: 0, outletIds: [outletId, outletId], limitCount: null });
    expect(await row(id)).toMatchObject({ state: 'draft', price: 0, limit_count: null, use_days: 30, use_until: null });
    expect(await deps.db.query('SELECT offer_id, remaining FROM offer_stock')).toEqual([
      { offer_id: id, remaining: 0 },
    ]);
    expect(await deps.db.query('SELECT * FROM offer_outlet')).toEqual([{ offer_id: id, outlet_id: outletId }]);
    expect(await audited(deps)).toContain('createOffer');
  });

  test.each<[string, Partial<NewOffer>]>([
    ['TEXT_LENGTH at title', { title: '' }],
    ['TEXT_LENGTH at title', { title: '茶'.repeat(121) }],
    ['TEXT_LENGTH at description', { description: '' }],
    ['PRICE_OUT_OF_RANGE at price', { price: points(-1) }],
    ['PRICE_OUT_OF_RANGE at price', { price: points(10_000_001) }],
    ['SALE_WINDOW at saleTo', { saleTo: new Date('2026-08-01T04:00:00.000Z') }],
    ['SALE_WINDOW at saleTo', { saleFrom: new Date('2019-12-31T00:00:00.000Z') }],
    ['SALE_WINDOW at saleTo', { saleTo: new Date('2100-01-02T00:00:00.000Z') }],
    ['LIMIT_OUT_OF_RANGE at limitCount', { limitCount: 0 }],
    ['LIMIT_OUT_OF_RANGE at limitCount', { limitCount: 10_001 }],
    ['CLOCK_MISSING at useUntil', { useDays: null }],
    ['USE_DAYS_OUT_OF_RANGE at useDays', { useDays: 0 }],
    ['USE_DAYS_OUT_OF_RANGE at useDays', { useDays: 3651 }],
    // The sale ends at 08:00 Beijing time on 1 September, which is still a day of the sale.
    ['USE_UNTIL_TOO_EARLY at useUntil', { useUntil: '2026-08-31' }],
    ['USE_UNTIL_TOO_EARLY at useUntil', { useUntil: '2100-01-01' }],
    ['STOCK_OUT_OF_RANGE at stock', { stock: -1 }],
    ['STOCK_OUT_OF_RANGE at stock', { stock: 10_000_001 }],
    ['OUTLETS_OUT_OF_RANGE at outletIds', { outletIds: [] }],
    ['OUTLETS_OUT_OF_RANGE at outletIds', { outletIds: Array.from({ length: 101 }, () => newId()) }],
  ])('is refused with %s when it is out of range, leaving nothing: case %#', async (expected, fields) => {
    const { deps, eastAdmin, input } = await aShop();
    expect(refusal(await createOffer(deps, eastAdmin, newId(), input(fields)))).toBe(expected);
    for (const table of ['offer', 'offer_stock', 'offer_outlet']) expect(await rowsIn(deps, table)).toBe(0);
    expect(await audited(deps)).not.toContain('createOffer');
  });

  test('may end its use on the last day of a sale that ends at midnight', async () => {
    const { draft } = await aShop();
    await draft({ saleTo: new Date('2026-08-31T16:00:00.000Z'), useUntil: '2026-08-31', useDays: null });
  });

  test('is refused outside the branch, without the permission, and for a merchant of another programme', async () => {
    const { deps, eastAdmin, westAdmin, cityAdmin, cityId, eastProgrammeId, westProgrammeId, input } = await aShop();
    const foreign = await aMerchant(deps, westAdmin, westProgrammeId, '别家');
    const create = (fields: Partial<NewOffer> = {}, admin = eastAdmin) =>
      createOffer(deps, admin, newId(), input(fields)).then(refusal);
    expect(await create({}, westAdmin)).toBe('PROGRAMME_UNKNOWN at programmeId');
    expect(await create({}, adminOf(`/${cityId}/`, ['merchants:write']))).toBe('PROGRAMME_UNKNOWN at programmeId');
    expect(await create({ programmeId: newId() })).toBe('PROGRAMME_UNKNOWN at programmeId');
    expect(await create({ merchantId: foreign.merchantId })).toBe('MERCHANT_UNKNOWN at merchantId');
    expect(await create({ merchantId: newId() })).toBe('MERCHANT_UNKNOWN at merchantId');
    expect(await create({ programmeId: westProgrammeId }, cityAdmin)).toBe('MERCHANT_UNKNOWN at merchantId');
    const shared = { merchantId: foreign.merchantId, programmeId: eastProgrammeId };
    accepted(await joinProgramme(deps, cityAdmin, newId(), shared));
    // The merchant serves the programme now; the outlet is still another merchant's.
    expect(await create({ merchantId: foreign.merchantId })).toBe('OUTLET_UNKNOWN at outletIds.0');
    expect(await rowsIn(deps, 'offer')).toBe(0);
  });

  test('is refused for an outlet of another merchant, at its place, and for a suspended merchant', async () => {
    const { deps, eastAdmin, westAdmin, westProgrammeId, merchantId, outletId, input } = await aShop();
    const foreign = await aMerchant(deps, westAdmin, westProgrammeId, '别家');
    const outletIds = [outletId, foreign.outletId];
    expect(refusal(await createOffer(deps, eastAdmin, newId(), input({ outletIds })))).toBe(
      'OUTLET_UNKNOWN at outletIds.1',
    );
    accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state: 'suspended' }));
    expect(refusal(await createOffer(deps, eastAdmin, newId(), input()))).toBe('MERCHANT_NOT_ACTIVE at merchantId');
  });
});

describe('changing an offer', () => {
  test('a draft takes any change, and the audit trail says what was and is', async () => {
    const { deps, eastAdmin, merchantId, draft, row } = await aShop();
    const offerId = await draft();
    const second = accepted(
      await addOutlet(deps, eastAdmin, newId(), { merchantId, name: '二店', address: '乙路2号' }),
    );
    const change: OfferChange = {
      offerId,
      title: '咖啡一杯',
      price: points(0),
      limitCount: null,
      useUntil: '2026-10-01',
      useDays: null,
      outletIds: [second],
    };
    accepted(await changeOffer(deps, eastAdmin, newId(), change));
    expect(await row(offerId)).toMatchObject({
      title: '咖啡一杯',
      description: '中杯，任选口味',
      price: 0,
      limit_count: null,
      use_until: '2026-10-01',
      use_days: null,
    });
    expect(await deps.db.query('SELECT outlet_id FROM offer_outlet')).toEqual([{ outlet_id: second }]);
    const [record] = await deps.db.query("SELECT * FROM audit_record WHERE action = 'changeOffer'");
    expect(JSON.parse(record.value_before)).toMatchObject({ title: '奶茶一杯', price: 100, useDays: 30 });
    expect(JSON.parse(record.value_after)).toMatchObject({ title: '咖啡一杯', price: 0, useDays: null });
  });

  test('a change to what it is already is accepted and leaves no record', async () => {
    const { deps, eastAdmin, outletId, onSale } = await aShop();
    const offerId = await onSale();
    const same = { offerId, title: '奶茶一杯', saleTo: new Date('2026-09-01T00:00:00.000Z'), outletIds: [outletId] };
    accepted(await changeOffer(deps, eastAdmin, newId(), same));
    expect(await audited(deps)).not.toContain('changeOffer');
  });

  test('a change must leave terms that hold together', async () => {
    const { deps, eastAdmin, draft } = await aShop();
    const offerId = await draft();
    const change = (fields: Omit<OfferChange, 'offerId'>) =>
      changeOffer(deps, eastAdmin, newId(), { offerId, ...fields }).then(refusal);
    expect(await change({ useDays: null })).toBe('CLOCK_MISSING at useUntil');
    expect(await change({ saleFrom: new Date('2026-09-02T00:00:00.000Z') })).toBe('SALE_WINDOW at saleTo');
    expect(await change({ outletIds: [] })).toBe('OUTLETS_OUT_OF_RANGE at outletIds');
  });

  test('once on sale, also while paused, only the description changes and the sale ends later', async () => {
    const { deps, eastAdmin, merchantId, onSale, row } = await aShop();
    const offerId = await onSale({ useUntil: '2026-09-30' });
    const other = accepted(await addOutlet(deps, eastAdmin, newId(), { merchantId, name: '二店', address: '乙路2号' }));
    const before = await row(offerId);
    const change = (fields: Omit<OfferChange, 'offerId'>) =>
      changeOffer(deps, eastAdmin, newId(), { offerId, ...fields });
    expect(refusal(await change({ price: points(1) }))).toBe('OFFER_PUBLISHED at price');
    expect(refusal(await change({ useDays: null }))).toBe('OFFER_PUBLISHED at useDays');
    expect(refusal(await change({ outletIds: [other] }))).toBe('OFFER_PUBLISHED at outletIds');
    expect(refusal(await change({ saleTo: new Date('2026-08-31T00:00:00.000Z') }))).toBe('SALE_END_EARLIER at saleTo');
    accepted(await pauseOffer(deps, eastAdmin, newId(), { offerId }));
    expect(refusal(await change({ title: '别的' }))).toBe('OFFER_PUBLISHED at title');
    expect(await row(offerId)).toEqual({ ...before, state: 'paused' });
    // A voucher bought on the last day must still have a day to be used on.
    expect(refusal(await change({ saleTo: new Date('2026-10-02T00:00:00.000Z') }))).toBe(
      'USE_UNTIL_TOO_EARLY at useUntil',
    );
    accepted(await change({ description: '大杯', saleTo: new Date('2026-09-15T00:00:00.000Z') }));
    expect(await row(offerId)).toMatchObject({ description: '大杯', sale_to: new Date('2026-09-15T00:00:00.000Z') });
  });

  test('is refused outside the branch and after the end', async () => {
    const { deps, eastAdmin, westAdmin, draft } = await aShop();
    const offerId = await draft();
    const change = { offerId, description: '新' };
    expect(refusal(await changeOffer(deps, westAdmin, newId(), change))).toBe('OFFER_UNKNOWN at offerId');
    expect(refusal(await changeOffer(deps, eastAdmin, newId(), { ...change, offerId: newId() }))).toBe(
      'OFFER_UNKNOWN at offerId',
    );
    accepted(await endOffer(deps, eastAdmin, newId(), { offerId }));
    expect(refusal(await changeOffer(deps, eastAdmin, newId(), change))).toBe('OFFER_ENDED at offerId');
  });
});

describe('the state of an offer', () => {
  test('goes draft, on sale, paused, on sale, ended; a step that changes nothing leaves no record', async () => {
    const { deps, eastAdmin, draft, row } = await aShop();
    const offerId = await draft();
    expect(refusal(await pauseOffer(deps, eastAdmin, newId(), { offerId }))).toBe('OFFER_NOT_ON_SALE at offerId');
    for (const step of [putOnSale, putOnSale, pauseOffer, pauseOffer, putOnSale, endOffer, endOffer]) {
      accepted(await step(deps, eastAdmin, newId(), { offerId }));
    }
    expect((await row(offerId)).state).toBe('ended');
    for (const step of [putOnSale, pauseOffer]) {
      expect(refusal(await step(deps, eastAdmin, newId(), { offerId }))).toBe('OFFER_ENDED at offerId');
    }
    expect((await audited(deps)).slice(3)).toEqual(['putOnSale', 'pauseOffer', 'putOnSale', 'endOffer']);
  });

  test('is not for another branch, nor for one who may only read', async () => {
    const { deps, westAdmin, cityId, draft, row } = await aShop();
    const offerId = await draft();
    const reader = adminOf(`/${cityId}/`, ['offers:read', 'merchants:write']);
    for (const admin of [westAdmin, reader]) {
      for (const step of [putOnSale, pauseOffer, endOffer]) {
        expect(refusal(await step(deps, admin, newId(), { offerId }))).toBe('OFFER_UNKNOWN at offerId');
      }
    }
    expect((await row(offerId)).state).toBe('draft');
  });

  test('does not become on sale when the sale is over or the merchant suspended', async () => {
    const { deps, eastAdmin, merchantId, draft, row } = await aShop();
    const offerId = await draft();
    accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state: 'suspended' }));
    expect(refusal(await putOnSale(deps, eastAdmin, newId(), { offerId }))).toBe('MERCHANT_NOT_ACTIVE at offerId');
    accepted(await setMerchantState(deps, eastAdmin, newId(), { merchantId, state: 'active' }));
    deps.clock.set('2026-09-01T00:00:00.000Z');
    expect(refusal(await putOnSale(deps, eastAdmin, newId(), { offerId }))).toBe('SALE_OVER at saleTo');
    expect((await row(offerId)).state).toBe('draft');
  });
});

describe('stock', () => {
  const remaining = async (deps: Awaited<ReturnType<typeof aShop>>['deps']) =>
    (await deps.db.query('SELECT remaining FROM offer_stock'))[0].remaining;

  test('grows and shrinks between nothing and ten million', async () => {
    const { deps, eastAdmin, westAdmin, draft } = await aShop();
    const offerId = await draft({ stock: 10 });
    const add = (count: number, admin = eastAdmin) => addStock(deps, admin, newId(), { offerId, count });
    expect(refusal(await add(5, westAdmin))).toBe('OFFER_UNKNOWN at offerId');
    expect(refusal(await add(-11))).toBe('STOCK_OUT_OF_RANGE at count');
    expect(refusal(await add(9_999_991))).toBe('STOCK_OUT_OF_RANGE at count');
    expect(refusal(await add(2_147_483_647))).toBe('STOCK_OUT_OF_RANGE at count');
    expect(await remaining(deps)).toBe(10);
    accepted(await add(9_999_990));
    accepted(await add(-10_000_000));
    expect(await remaining(deps)).toBe(0);
    accepted(await endOffer(deps, eastAdmin, newId(), { offerId }));
    expect(refusal(await add(1))).toBe('OFFER_ENDED at offerId');
  });

  test('sixty admins at once who each take one of thirty take exactly thirty', async () => {
    const { deps, eastAdmin, draft } = await aShop();
    const offerId = await draft({ stock: 30 });
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, () => addStock(deps, eastAdmin, newId(), { offerId, count: -1 })),
    );
    expect(tally(outcomes)).toEqual({ accepted: 30, STOCK_OUT_OF_RANGE: 30 });
    expect(await remaining(deps)).toBe(0);
  });
});
