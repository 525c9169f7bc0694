import type { EntityManager } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { type OffersWanted, offersOnSale } from '../../../src/marketplace/offer-queries.ts';
import { boxAround } from '../../../src/marketplace/search/near.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted, aMarket } from '../../support/market.ts';
import { ask, data, memberCaller, walk } from '../support.ts';

/** Shorthands for what a member of a market finds. */
async function aSearch() {
  const market = await aMarket({ memberCount: 1 });
  const { deps } = market;
  const caller = memberCaller(market.memberIds[0]!);
  const find = async (args: string): Promise<string[]> =>
    (await data(deps, caller, `{ offers(first: 100, ${args}) { nodes { id } } }`)).offers.nodes.map(
      ({ id }: { id: string }) => id,
    );
  const named = async (title: string, fields: { description?: string; price?: number } = {}) => {
    const id = await market.offer({ price: fields.price ?? 10 });
    await deps.db.query('UPDATE offer SET title = ?, description = ? WHERE id = ?', [
      title,
      fields.description ?? '无',
      id,
    ]);
    return id;
  };
  return { ...market, caller, find, named };
}

describe('searching offers', () => {
  test('finds a text in title, description and merchant, whatever the case, and takes no sign for a pattern', async () => {
    const { deps, find, named, merchantId } = await aSearch();
    const tea = await named('Milk Tea 奶茶');
    const cake = await named('蛋糕', { description: '送奶茶一杯' });
    const off = await named('50%优惠_券');
    expect(await find('text: "奶茶"')).toEqual([cake, tea]);
    expect(await find('text: " milk tea "')).toEqual([tea]);
    expect(await find('text: "%"')).toEqual([off]);
    expect(await find('text: "_"')).toEqual([off]);
    expect(await find('text: "咖啡"')).toEqual([]);
    await deps.db.query("UPDATE merchant SET name = '咖啡馆' WHERE id = ?", [merchantId]);
    expect(await find('text: "咖啡"')).toEqual([off, cake, tea]);
  });

  test('narrows to prices, to what can be paid, to a category, and to all of them together', async () => {
    const { find, named } = await aSearch();
    const [gift, cheap, dear, dearest] = [
      await named('a', { price: 0 }),
      await named('乙字号', { price: 100 }),
      await named('c', { price: 1000 }),
      await named('d', { price: 1001 }),
    ];
    expect(await find('lowestPrice: 1, highestPrice: 1000')).toEqual([dear, cheap]);
    expect(await find('highestPrice: 0')).toEqual([gift]);
    expect(await find('affordable: true, lowestPrice: 100')).toEqual([dear, cheap]);
    expect(await find('lowestPrice: 5, highestPrice: 4')).toEqual([]);
    expect(await find('order: PRICE_DOWN')).toEqual([dearest, dear, cheap, gift]);
    expect(await find('order: PRICE_DOWN, text: "乙字", category: DINING, affordable: true')).toEqual([cheap]);
    expect(await find('text: "乙字", category: TRAVEL')).toEqual([]);
  });

  test('narrows to outlets near a place, by the distance on the ground', async () => {
    const { deps, find, named, outletId, otherOutletId } = await aSearch();
    const place = (id: string, latitude: number, longitude: number) =>
      deps.db.query('UPDATE outlet SET latitude = ?, longitude = ? WHERE id = ?', [latitude, longitude, id]);
    const [here, there, nowhere] = [await named('here'), await named('there'), await named('nowhere')];
    await deps.db.query('UPDATE offer_outlet SET outlet_id = ? WHERE offer_id = ?', [otherOutletId, there]);
    const near = (metres: number, latitude = 39.9087) =>
      find(`near: { latitude: ${latitude}, longitude: 116.3975, metres: ${metres} }`);
    expect(await near(50_000)).toEqual([]);
    // 1.11 km to the north, and as far to the north-east: 0.01 degrees of latitude, and 0.0092 of either.
    await place(outletId, 39.9187, 116.3975);
    await place(otherOutletId, 39.9187, 116.4105);
    expect(await near(1_100)).toEqual([]);
    expect(await near(1_120)).toEqual([nowhere, here]);
    // In the box around the circle, and outside the circle.
    expect(await near(1_500)).toEqual([nowhere, here]);
    expect(await near(1_600)).toEqual([nowhere, there, here]);
    expect(await near(50_000, 30)).toEqual([]);
  });

  test.each([
    'text: ""',
    'text: "  "',
    `text: "${'长'.repeat(41)}"`,
    'near: { latitude: 86, longitude: 0, metres: 10 }',
    'near: { latitude: 0, longitude: 181, metres: 10 }',
    'near: { latitude: 0, longitude: 0, metres: 0 }',
    'near: { latitude: 0, longitude: 0, metres: 50001 }',
  ])('is refused as an error of the request for %s', async (args) => {
    const { deps, caller } = await aSearch();
    const answer = await ask(deps, caller, `{ offers(${args}) { nodes { id } } }`);
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_SEARCH');
  });

  test('leaves out what cannot be bought because its merchant has no contract today, and buying is refused', async () => {
    const { deps, find, named, buy, memberIds } = await aSearch();
    const offerId = await named('茶');
    const until = (day: string | null, from = '2020-01-01') =>
      deps.db.query('UPDATE contract SET until_day = ?, from_day = ?', [day, from]);
    await until('2026-08-02');
    expect(await find('text: "茶"')).toEqual([]);
    expect(await buy(memberIds[0]!, offerId)).toMatchObject({ refusal: { code: 'OFFER_NOT_ON_SALE' } });
    await until(null, '2026-08-04');
    expect(await buy(memberIds[0]!, offerId)).toMatchObject({ refusal: { code: 'OFFER_NOT_ON_SALE' } });
    await until('2026-08-03', '2026-08-03');
    expect(await find('text: "茶"')).toEqual([offerId]);
    accepted(await buy(memberIds[0]!, offerId));
  });

  test('the box around a place holds the whole circle, and not much more', () => {
    for (const latitude of [0, 30, 45, -45, 84]) {
      const box = boxAround({ latitude, longitude: 120, metres: 50_000 });
      expect((box.north - box.south) / 2).toBeGreaterThan(50_000 / 111_320);
      const metresOfADegree = 111_320 * Math.cos((latitude * Math.PI) / 180);
      const across = ((box.east - box.west) / 2) * metresOfADegree;
      expect(across).toBeGreaterThan(50_000);
      expect(across).toBeLessThan(latitude > 80 ? 60_000 : 51_000);
    }
  });
});

describe('among 10,000 offers of 100 merchants', () => {
  /** Offers that differ in price, text, category and place. */
  async function aBazaar(size = 10_000) {
    const market = await aMarket({ memberCount: 1 });
    const { deps, programmeId } = market;
    const now = deps.clock.now();
    const shops = Array.from({ length: 100 }, (_, i) => ({ id: newId(), outletId: newId(), i }));
    await inTransaction(deps.db, async (tx) => {
      await insertRows(
        tx,
        'merchant',
        ['id', 'name', 'category', 'state', 'created_at'],
        shops.map(({ id, i }) => [id, `商户${i}`, i % 10 === 0 ? 'fitness' : 'dining', 'active', now]),
      );
      await insertRows(
        tx,
        'programme_merchant',
        ['programme_id', 'merchant_id'],
        shops.map(({ id }) => [programmeId, id]),
      );
      await insertRows(
        tx,
        'contract',
        ['id', 'programme_id', 'merchant_id', 'number', 'from_day', 'settlement', 'signed_by', 'signed_at'],
        shops.map(({ id }) => [newId(), programmeId, id, `C-${id}`, '2020-01-01', 'postpaid', 'system', now]),
      );
      await insertRows(
        tx,
        'outlet',
        ['id', 'merchant_id', 'name', 'address', 'latitude', 'longitude', 'created_at'],
        shops.map(({ id, outletId, i }) => [outletId, id, '店', '路', 39 + i / 100, 116, now]),
      );
      const offers = Array.from({ length: size }, (_, i) => ({ id: newId(), shop: shops[i % 100]!, i }));
      await insertRows(
        tx,
        'offer',
        [
          'id',
          'programme_id',
          'merchant_id',
          'title',
          'description',
          'price',
          'sale_from',
          'sale_to',
          'limit_period',
          'use_days',
          'lapse_policy',
          'state',
          'created_at',
        ],
        offers.map(({ id, shop, i }) => [
          id,
          programmeId,
          shop.id,
          `商品${i}`,
          '说明',
          (i * 7919) % 1000,
          now,
          '2099-01-01 00:00:00',
          'ever',
          30,
          'refund',
          'on_sale',
          now,
        ]),
      );
      await insertRows(
        tx,
        'offer_outlet',
        ['offer_id', 'outlet_id'],
        offers.map(({ id, shop }) => [id, shop.outletId]),
      );
    });
    const shelves = [{ programmeId }];
    const wanted = (fields: Partial<OffersWanted> = {}): OffersWanted => ({ shelves, order: 'newest', now, ...fields });
    return { ...market, wanted };
  }

  const ORDERS = ['newest', 'price', 'price_down'] as const;

  test('every order walks its index without sorting, reads little more than its page, and walks all of it once', async () => {
    const { deps, wanted } = await aBazaar();
    const middle = (await deps.db.query('SELECT id FROM offer ORDER BY id LIMIT 1 OFFSET 5000'))[0].id;
    for (const order of ORDERS) {
      for (const after of [undefined, middle]) {
        const page = { first: 20, after };
        const steps = await plan(deps.db.manager, (db) => offersOnSale(db, wanted({ order }), page));
        const offers = steps.filter((step) => step.table === 'o');
        const index = order === 'newest' ? 'offer_of_programme' : 'offer_by_price';
        expect(offers.map((step) => step.key)).toEqual([index]);
        expect(offers[0]!.Extra).not.toContain('filesort');
        expect(await rowsRead(deps, (tx) => offersOnSale(tx, wanted({ order }), page))).toBeLessThan(300);
      }
      const seen = await walk(
        100,
        (page) => offersOnSale(deps.db.manager, wanted({ order }), page),
        (offer) => offer.id,
      );
      expect(new Set(seen).size).toBe(10_000);
      expect(seen).toHaveLength(10_000);
    }
  });

  test('a search by everything at once takes as many statements as a plain list, and finds what it should', async () => {
    const { deps, wanted } = await aBazaar();
    const page = { first: 20, after: undefined };
    const { manager } = deps.db;
    const everything = wanted({
      order: 'price_down',
      text: '商品9',
      category: 'fitness',
      lowestPrice: 100,
      highestPrice: 900,
      near: boxAround({ latitude: 39.5, longitude: 116, metres: 20_000 }),
    });
    const plain = await countQueries(deps.db, () => offersOnSale(manager, wanted(), page));
    expect(await countQueries(deps.db, () => offersOnSale(manager, everything, page))).toBe(plain);
    const { items } = await offersOnSale(manager, everything, { first: 100, after: undefined });
    const expected = Array.from({ length: 10_000 }, (_, i) => ({ i, price: (i * 7919) % 1000, shop: i % 100 })).filter(
      ({ i, price, shop }) =>
        `商品${i}`.includes('商品9') && price >= 100 && price <= 900 && shop % 10 === 0 && shop >= 40 && shop <= 60,
    );
    expect(expected.length).toBeGreaterThan(20);
    expect(items.map((offer) => offer.title).sort()).toEqual(
      expected
        .map(({ i }) => `商品${i}`)
        .sort()
        .slice(0, 100),
    );
    expect(items.map((offer) => offer.price)).toEqual(items.map((offer) => offer.price).sort((a, b) => b - a));
  });
});

interface Step {
  table: string | null;
  key: string | null;
  Extra: string | null;
}

/** How the server reads for the first statement that it is asked in SQL. */
async function plan(db: EntityManager, query: (db: EntityManager) => Promise<unknown>): Promise<Step[]> {
  let steps: Step[] = [];
  const explaining = {
    query: async (sql: string, values: unknown[]) => {
      steps = await db.query(`EXPLAIN ${sql}`, values);
      return [];
    },
    findOne: (...asked: Parameters<EntityManager['findOne']>) => db.findOne(...asked),
    find: async () => [],
  };
  await query(explaining as unknown as EntityManager);
  return steps;
}

/** How many rows the server read for a piece of work, in one session. */
async function rowsRead(
  { db }: { db: Parameters<typeof inTransaction>[0] },
  work: (tx: EntityManager) => Promise<unknown>,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const read = async () => {
      const rows: { Value: string }[] = await tx.query("SHOW SESSION STATUS LIKE 'Handler_read%'");
      return rows.reduce((sum, row) => sum + Number(row.Value), 0);
    };
    const before = await read();
    await work(tx);
    return (await read()) - before;
  });
}
