import { expect, test } from 'vitest';
import { rollUpFigures } from '../../../src/marketplace/figures/roll-up-figures.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted } from '../../support/market.ts';
import { aCityWithFigures, type City, fullScans, readsOf } from './world.ts';

/** The rollup rows that count everything, as "union month" with what is not zero. */
async function counted(city: City): Promise<Record<string, Record<string, number>>> {
  const names: Record<string, string> = {
    [city.cityId]: 'city',
    [city.eastId]: 'east',
    [city.westId]: 'west',
    [city.streetId]: 'street',
  };
  const rows: Record<string, string>[] = await city.deps.db.query(
    "SELECT * FROM figure_month WHERE merchant_id = '' ORDER BY month",
  );
  const { db } = city.deps;
  expect(await db.query('SELECT 1 FROM figure_uncounted')).toEqual([]);
  return Object.fromEntries(
    rows.map(({ programme_id: _p, merchant_id: _m, union_id, month, ...sums }) => [
      `${names[union_id!]} ${month}`,
      Object.fromEntries(
        Object.entries(sums)
          .map(([name, sum]) => [name, Number(sum)] as const)
          .filter(([, sum]) => sum !== 0),
      ),
    ]),
  );
}

const redemptionsOf = async (city: City, offerId: string) => {
  const [row] = await city.deps.db.query('SELECT SUM(redemptions) AS n FROM figure_offer_month WHERE offer_id = ?', [
    offerId,
  ]);
  return Number(row.n);
};

test('what a member holds goes with her when she moves, what came about before stays where it was', async () => {
  const city = await aCityWithFigures({ memberCount: 1 });
  const { deps, memberIds } = city;
  const [memberId] = memberIds as [string];
  await city.moveTo(memberId, city.eastId);
  await city.credit([memberId], 100);
  const offerId = await city.offerOf(0, { price: 30 });
  accepted(await city.buy(memberId, offerId));
  await rollUpFigures(deps);
  deps.clock.set('2026-07-02T02:00:00.000Z');
  await city.moveTo(memberId, city.westId);
  await rollUpFigures(deps);
  expect(await counted(city)).toEqual({
    'east 2026-06': { issued: 100, redeemed: 30, held: 70, in_vouchers: 30 },
    'east 2026-07': { held: -70, in_vouchers: -30 },
    'west 2026-07': { held: 70, in_vouchers: 30 },
  });
});

test('who leaves the branch of the programme is counted at its own union', async () => {
  const city = await aCityWithFigures({ memberCount: 1, earned: 100 });
  await rollUpFigures(city.deps);
  await city.moveTo(city.memberIds[0]!, city.streetId);
  await rollUpFigures(city.deps);
  await city.moveTo(city.memberIds[0]!, city.elsewhereId);
  await rollUpFigures(city.deps);
  expect(await counted(city)).toEqual({ 'city 2026-06': { issued: 100, held: 100 }, 'street 2026-06': {} });
});

test('gifts count among what was redeemed, and no longer when they are cancelled', async () => {
  const city = await aCityWithFigures({ memberCount: 2, earned: 10 });
  const [ann, bob] = city.memberIds as [string, string];
  const gift = await city.offerOf(1, { price: 0 });
  const bought = accepted(await city.buy(ann, gift));
  accepted(await city.buy(bob, gift));
  await rollUpFigures(city.deps);
  expect(await redemptionsOf(city, gift)).toBe(2);
  accepted(await city.cancel(ann, bought));
  await rollUpFigures(city.deps);
  expect(await redemptionsOf(city, gift)).toBe(1);
});

test('cards that are shown count once, with the bills to which a discount was given and the whole fen it took off them', async () => {
  const city = await aCityWithFigures({ memberCount: 1 });
  const { db } = city.deps;
  await city.moveTo(city.memberIds[0]!, city.eastId);
  const show = (shown: Parameters<City['show']>[2]) => city.show(city.memberIds[0]!, 0, shown);
  await show({ billFen: 5000, discount: '九折', percent: 10 });
  await show({ billFen: 999, discount: '九五折', percent: 5 });
  await show({ billFen: 700, discount: '送饮料一杯', percent: null });
  await show({ billFen: null, discount: '九折', percent: 10 });
  await show({ billFen: 3000, discount: null, percent: null });
  await rollUpFigures(city.deps);
  await rollUpFigures(city.deps);
  const sums = { scans: 5, discounts: 4, discounted_fen: 6699, discount_given_fen: 549 };
  expect(await counted(city)).toEqual({ 'east 2026-06': sums });
  const [ofMerchant] = await db.query('SELECT * FROM figure_month WHERE merchant_id = ?', [city.merchantId]);
  expect(ofMerchant).toMatchObject(sums);
});

test('a redemption that is taken back counts no longer', async () => {
  const city = await aCityWithFigures({ memberCount: 1, earned: 100 });
  const offerId = await city.offerOf(0, { price: 30 });
  const bought = accepted(await city.buy(city.memberIds[0]!, offerId));
  accepted(await city.buy(city.memberIds[0]!, offerId));
  await rollUpFigures(city.deps);
  accepted(await city.cancel(city.memberIds[0]!, bought));
  await rollUpFigures(city.deps);
  expect(await redemptionsOf(city, offerId)).toBe(1);
});

test('runs at the same time, and a run again, count everything once', async () => {
  const city = await aCityWithFigures({ memberCount: 30, earned: 50 });
  for (const memberId of city.memberIds) await city.credit([memberId], 5);
  await Promise.all([rollUpFigures(city.deps), rollUpFigures(city.deps), rollUpFigures(city.deps)]);
  await rollUpFigures(city.deps);
  expect(await counted(city)).toEqual({ 'city 2026-06': { issued: 1650, held: 1650 } });
});

test('a run that is cut off before its mark moves has counted nothing', async () => {
  const city = await aCityWithFigures({ memberCount: 1, earned: 50 });
  const { db } = city.deps;
  await db.query(
    "CREATE TRIGGER cut_off BEFORE UPDATE ON figure_mark FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'cut off'",
  );
  try {
    await expect(rollUpFigures(city.deps)).rejects.toThrow('cut off');
  } finally {
    await db.query('DROP TRIGGER cut_off');
  }
  expect(await counted(city)).toEqual({});
  await rollUpFigures(city.deps);
  expect(await counted(city)).toEqual({ 'city 2026-06': { issued: 50, held: 50 } });
});

test('how many statements a run sends does not grow with the transfers that it counts', async () => {
  const sent = async (memberCount: number) => {
    const city = await aCityWithFigures({ memberCount, earned: 50 });
    const price = 30;
    const offerId = await city.offerOf(0, { price });
    await Promise.all(city.memberIds.slice(0, 2).map((memberId) => city.buy(memberId, offerId)));
    return countQueries(city.deps.db, () => rollUpFigures(city.deps));
  };
  expect(await sent(400)).toBe(await sent(2));
});

test('a run reads no posting, transfer or holding that it has counted before', async () => {
  const city = await aCityWithFigures({ memberCount: 400, earned: 100 });
  const { deps, memberIds } = city;
  const offerId = await city.offerOf(0, { price: 10, stock: 1000 });
  await Promise.all(memberIds.map((memberId) => city.buy(memberId, offerId)));
  for (const memberId of memberIds.slice(0, 40)) await city.credit([memberId], 1);
  await rollUpFigures(deps);
  const bought = accepted(await city.buy(memberIds[0]!, offerId));
  accepted(await city.cancel(memberIds[0]!, bought));
  await city.moveTo(memberIds[1]!, city.eastId);
  const sent = await readsOf(deps, () => rollUpFigures(deps));
  const reads = sent.filter(({ sql }) => !sql.includes('seal_number IS NULL')); // that is the ledger's own
  expect(reads.some(({ sql }) => sql.includes('figure_holding'))).toBe(true);
  expect(await fullScans(deps, reads, ['posting', 'transfer', 'redemption', 'figure_holding'])).toEqual([]);
});
