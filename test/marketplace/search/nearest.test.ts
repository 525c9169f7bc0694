import { describe, expect, test } from 'vitest';
import { boxAround } from '../../../src/marketplace/search/near.ts';
import {
  type NearestWanted,
  nearestCursor,
  nearestStatement,
  offersNearest,
} from '../../../src/marketplace/search/nearest.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aMarket } from '../../support/market.ts';
import { ask, data, memberCaller, walk } from '../support.ts';

const HERE = { latitude: 39.9, longitude: 116.4 };
const NEAR = 'near: { latitude: 39.9, longitude: 116.4, metres: 20000 }';

/** Offers of a merchant, each redeemable at outlets so many thousandths of a degree to the north. */
async function aStreet() {
  const market = await aMarket({ memberCount: 1 });
  const { deps, merchantId } = market;
  const caller = memberCaller(market.memberIds[0]!);
  const outletAt = async (thousandths: number | null) => {
    const id = newId();
    const latitude = thousandths === null ? null : HERE.latitude + thousandths / 1000;
    const row = [id, merchantId, id, '甲路', latitude, latitude && HERE.longitude, deps.clock.now()];
    await inTransaction(deps.db, (tx) =>
      insertRows(tx, 'outlet', ['id', 'merchant_id', 'name', 'address', 'latitude', 'longitude', 'created_at'], [row]),
    );
    return id;
  };
  const offerAt = async (outletIds: string[], fields: Parameters<typeof market.offer>[0] = {}) => {
    const id = await market.offer(fields);
    await deps.db.query('DELETE FROM offer_outlet WHERE offer_id = ?', [id]);
    await inTransaction(deps.db, (tx) =>
      insertRows(
        tx,
        'offer_outlet',
        ['offer_id', 'outlet_id'],
        outletIds.map((outletId) => [id, outletId]),
      ),
    );
    return id;
  };
  const find = async (args: string): Promise<{ id: string; metres: number | null }[]> =>
    (await data(deps, caller, `{ offers(first: 100, ${args}) { nodes { id metres } } }`)).offers.nodes;
  return { ...market, caller, outletAt, offerAt, find };
}

describe('offers in order of distance', () => {
  test('stand where their nearest outlet is, of one distance the older first, and tell how far it is', async () => {
    const { outletAt, offerAt, find } = await aStreet();
    const [close, far, beyond, nowhere] = [
      await outletAt(1),
      await outletAt(9),
      await outletAt(500),
      await outletAt(null),
    ];
    const second = await offerAt([far, beyond]);
    const first = await offerAt([far, close, nowhere]);
    const third = await offerAt([far]);
    await offerAt([beyond]);
    await offerAt([nowhere]);
    // A thousandth of a degree is 111.2 metres.
    expect(await find(`${NEAR}, order: NEAREST`)).toEqual([
      { id: first, metres: 111 },
      { id: second, metres: 1001 },
      { id: third, metres: 1001 },
    ]);
    expect((await find(`${NEAR}, order: PRICE`)).map(({ metres }) => metres)).toEqual([null, null, null]);
  });

  test('are those that a search in another order would find', async () => {
    const { deps, outletAt, offerAt, find, merchantId } = await aStreet();
    const [close, far] = [await outletAt(1), await outletAt(9)];
    const dear = await offerAt([close], { price: 2_000 });
    const cheap = await offerAt([far], { price: 5 });
    const draft = await offerAt([close]);
    await deps.db.query("UPDATE offer SET state = 'paused' WHERE id = ?", [draft]);
    await deps.db.query("UPDATE offer SET title = '手冲咖啡' WHERE id = ?", [dear]);
    const ids = async (args: string) => (await find(`${NEAR}, order: NEAREST, ${args}`)).map(({ id }) => id);
    expect(await ids('category: DINING')).toEqual([dear, cheap]);
    expect(await ids('category: TRAVEL')).toEqual([]);
    expect(await ids('affordable: true')).toEqual([cheap]);
    expect(await ids('highestPrice: 5')).toEqual([cheap]);
    expect(await ids('text: "咖啡"')).toEqual([dear]);
    await deps.db.query("UPDATE contract SET until_day = '2026-08-02' WHERE merchant_id = ?", [merchantId]);
    expect(await ids('lowestPrice: 0')).toEqual([]);
  });

  test('need a place', async () => {
    const { deps, caller } = await aStreet();
    const answer = await ask(deps, caller, '{ offers(order: NEAREST) { nodes { id } } }');
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_SEARCH');
  });
});

/** Every offer can be used at three outlets, which lie on a grid 300 metres wide. */
async function aCityOfOffers() {
  const market = await aMarket({ memberCount: 1 });
  const { deps, programmeId, merchantId } = market;
  const now = deps.clock.now();
  const outlets = Array.from({ length: 300 }, (_, i) => {
    const latitude = HERE.latitude + ((i % 20) - 10) / 370;
    return { id: newId(), latitude, longitude: HERE.longitude + (Math.floor(i / 20) - 7) / 285 };
  });
  const offers = Array.from({ length: 10_000 }, (_, i) => ({ id: newId(), i, price: (i * 7919) % 1000 }));
  const terms = [now, '2099-01-01 00:00:00', 'ever', 30, 'refund', 'on_sale', now];
  await inTransaction(deps.db, async (tx) => {
    const place = ['id', 'merchant_id', 'name', 'address', 'latitude', 'longitude', 'created_at'];
    const rows = outlets.map(({ id, latitude, longitude }) => [id, merchantId, id, '路', latitude, longitude, now]);
    await insertRows(tx, 'outlet', place, rows);
    const what = ['id', 'programme_id', 'merchant_id', 'title', 'description', 'price'];
    const when = ['sale_from', 'sale_to', 'limit_period', 'use_days', 'lapse_policy', 'state', 'created_at'];
    const goods = offers.map(({ id, i, price }) => [id, programmeId, merchantId, `商品${i}`, '说明', price, ...terms]);
    await insertRows(tx, 'offer', [...what, ...when], goods);
    const pairs = offers.flatMap(({ id, i }) => [0, 7, 151].map((step) => [id, outlets[(i + step) % 300]!.id]));
    await insertRows(tx, 'offer_outlet', ['offer_id', 'outlet_id'], pairs);
  });
  await deps.db.query('ANALYZE TABLE outlet, offer, offer_outlet, merchant, contract');
  const wanted = (metres: number, fields: Partial<NearestWanted> = {}): NearestWanted => {
    return { shelves: [{ programmeId }], now, near: boxAround({ ...HERE, metres }), ...fields };
  };
  return { ...market, wanted };
}

test('10,000 offers of 300 outlets are walked once in that order, by the index of places and no further than the page goes', async () => {
  const { deps, wanted } = await aCityOfOffers();
  const { manager } = deps.db;
  const seen: number[] = [];
  const ids = await walk(
    1_000,
    (page) =>
      offersNearest(manager, wanted(50_000), page).then((found) => {
        seen.push(...found.items.map(({ metres }) => metres));
        return found;
      }),
    nearestCursor,
  );
  expect(new Set(ids).size).toBe(10_000);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));

  const page = { first: 20, after: undefined };
  const { sql, values } = nearestStatement(wanted(50_000), page);
  const plan: { table: string; type: string; key: string }[] = await deps.db.query(`EXPLAIN ${sql}`, values);
  const step = (table: string) => plan.find((one) => one.table === table);
  expect(step('outlet')).toMatchObject({ type: 'range', key: 'outlet_place' });
  expect(step('used')).toMatchObject({ type: 'ref', key: 'offer_outlet_outlet' });
  expect(step('o')).toMatchObject({ type: 'eq_ref', key: 'PRIMARY' });

  const sent = (metres: number, first: number, after?: string) =>
    countQueries(deps.db, () => offersNearest(manager, wanted(metres), { first, after }));
  const cursor = ids[5_000]!;
  expect([await sent(500, 1), await sent(50_000, 100), await sent(50_000, 100, cursor)]).toEqual([2, 2, 2]);
});
