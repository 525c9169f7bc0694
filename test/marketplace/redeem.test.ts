import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { accepted, aMarket, tally } from '../support/market.ts';

const refusal = (code: string) => ({ ok: false, refusal: { code } });

test('a redemption takes the points, takes a piece of the stock and gives an unused voucher with its last day', async () => {
  const market = await aMarket();
  const [ann] = market.memberIds as [string];
  const offerId = await market.offer({ price: 300, stock: 5, use_days: 7, use_until: '2026-12-31' });
  const id = accepted(await market.buy(ann, offerId));
  expect(await market.balance(ann)).toBe(700);
  expect(await market.stock(offerId)).toBe(4);
  expect(await market.moved('vouchers')).toBe(300);
  const [voucher] = await market.deps.db.query('SELECT state, valid_until FROM voucher WHERE id = ?', [id]);
  // Bought on 3 August in Beijing: seven days, that one included, end with 9 August.
  expect(voucher).toEqual({ state: 'unused', valid_until: new Date('2026-08-09T16:00:00.000Z') });
  await expect(market.deps).toHaveCoherentLedger();
});

test('the offer’s own last day ends a voucher before its days are over', async () => {
  const market = await aMarket();
  const offerId = await market.offer({ use_days: 30, use_until: '2026-08-05' });
  const id = accepted(await market.buy(market.memberIds[0]!, offerId));
  const [voucher] = await market.deps.db.query('SELECT valid_until FROM voucher WHERE id = ?', [id]);
  expect(voucher.valid_until).toEqual(new Date('2026-08-05T16:00:00.000Z'));
});

test('a gift of price 0 moves no points and still takes stock', async () => {
  const market = await aMarket({ earned: 0 });
  const offerId = await market.offer({ price: 0, stock: 1 });
  accepted(await market.buy(market.memberIds[0]!, offerId));
  expect(await market.stock(offerId)).toBe(0);
  expect(await market.deps.db.query('SELECT * FROM transfer')).toEqual([]);
});

test.each([
  ['NOT_ENOUGH_POINTS', { price: 1001 }],
  ['SOLD_OUT', { stock: 0 }],
  ['SALE_NOT_OPEN', { sale_from: '2026-08-03 02:00:01' }],
  ['SALE_OVER', { sale_to: '2026-08-03 02:00:00' }],
  ['OFFER_NOT_ON_SALE', { state: 'paused' }],
  ['OFFER_NOT_ON_SALE', { state: 'draft' }],
])('refuses with %s and changes nothing: %j', async (code, fields) => {
  const market = await aMarket();
  const [ann] = market.memberIds as [string];
  const offerId = await market.offer(fields);
  const stock = await market.stock(offerId);
  expect(await market.buy(ann, offerId)).toMatchObject(refusal(code));
  expect(await market.balance(ann)).toBe(1000);
  expect(await market.stock(offerId)).toBe(stock);
  expect(await market.deps.db.query('SELECT * FROM redemption')).toEqual([]);
});

test('refuses a member who is frozen, an offer that does not exist, and an offer of a programme that is not hers', async () => {
  const market = await aMarket();
  const [ann, bob] = market.memberIds as [string, string];
  const offerId = await market.offer();
  await market.deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [ann]);
  expect(await market.buy(ann, offerId)).toMatchObject(refusal('MEMBER_NOT_ACTIVE'));
  expect(await market.buy(bob, newId())).toMatchObject(refusal('OFFER_UNKNOWN'));
  await market.deps.db.query("UPDATE union_node SET path = '/elsewhere/' WHERE id = ?", [market.unionId]);
  await market.deps.db.query(
    "INSERT INTO union_node (id, name, kind, path, created_at) VALUES (?, 'B', 'district', '/b/', NOW())",
    ['B'.repeat(26)],
  );
  await market.deps.db.query('UPDATE member SET union_id = ? WHERE id = ?', ['B'.repeat(26), bob]);
  expect(await market.buy(bob, offerId)).toMatchObject(refusal('OFFER_UNKNOWN'));
});

test('refuses an offer whose merchant is suspended', async () => {
  const market = await aMarket();
  const offerId = await market.offer();
  await market.deps.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [market.merchantId]);
  expect(await market.buy(market.memberIds[0]!, offerId)).toMatchObject(refusal('OFFER_NOT_ON_SALE'));
  expect(await market.stock(offerId)).toBe(10);
});

test('keeps the limit per member and period, and opens it again with the next period', async () => {
  const market = await aMarket();
  const [ann, bob] = market.memberIds as [string, string];
  const offerId = await market.offer({ limit_count: 2, limit_period: 'day', price: 10 });
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => market.buy(ann, offerId)));
  expect(tally(outcomes)).toEqual({ accepted: 2, LIMIT_REACHED: 2 });
  accepted(await market.buy(bob, offerId));
  market.deps.clock.set('2026-08-03T16:00:00.000Z');
  accepted(await market.buy(ann, offerId));
  expect(await market.stock(offerId)).toBe(6);
});

test('the same key gives the same redemption, alone, at once and after a refusal', async () => {
  const market = await aMarket({ earned: 100 });
  const [ann] = market.memberIds as [string];
  const offerId = await market.offer({ price: 100 });
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => market.buy(ann, offerId, 'key-00000001')));
  expect(new Set(outcomes.map(accepted)).size).toBe(1);
  const refused = await market.buy(ann, offerId, 'key-00000002');
  await market.credit([ann], 100);
  expect(await market.buy(ann, offerId, 'key-00000002')).toEqual(refused);
  expect(await market.buy(ann, await market.offer(), 'key-00000001')).toMatchObject(refusal('KEY_REUSED'));
  expect(await market.buy(ann, offerId, 'short')).toMatchObject(refusal('KEY_MALFORMED'));
  expect(await market.balance(ann)).toBe(100);
});

test('a thousand redemptions at once: points for half of the members, stock for a third, every count exact', async () => {
  const market = await aMarket({ memberCount: 1000, earned: 0 });
  const { deps, memberIds } = market;
  await market.credit(memberIds.slice(0, 500), 100);
  const offers = await Promise.all(
    Array.from({ length: 10 }, (_, i) => market.offer({ price: 100, stock: i === 0 ? 36 : 33 })),
  );
  // The rich first on even turns and the poor on odd ones, so that both meet at every offer.
  const order = memberIds.slice(0, 500).flatMap((rich, i) => [rich, memberIds[500 + i]!]);
  const outcomes = await Promise.all(order.map((memberId, i) => market.buy(memberId, offers[Math.floor(i / 2) % 10]!)));
  const counts = tally(outcomes);
  expect(counts.accepted).toBe(333);
  expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(1000);
  expect(Object.keys(counts).sort()).toEqual(['NOT_ENOUGH_POINTS', 'SOLD_OUT', 'accepted']);
  expect(await Promise.all(offers.map(market.stock))).toEqual(Array(10).fill(0));
  const [redemptions] = await deps.db.query('SELECT COUNT(*) AS n, COUNT(DISTINCT member_id) AS m FROM redemption');
  expect({ n: Number(redemptions.n), m: Number(redemptions.m) }).toEqual({ n: 333, m: 333 });
  expect(await market.moved('vouchers')).toBe(33_300);
  await expect(deps).toHaveCoherentLedger();
});
