import { expect, test } from 'vitest';
import { accepted, aMarket, tally } from '../support/market.ts';

const refusal = (code: string) => ({ ok: false, refusal: { code } });

test('cancelling gives back the points to the same lots, the piece to the stock and the turn to the limit', async () => {
  const market = await aMarket();
  const [ann] = market.memberIds as [string];
  const offerId = await market.offer({ price: 400, stock: 1, limit_count: 1 });
  const id = accepted(await market.buy(ann, offerId));
  expect(accepted(await market.cancel(ann, id))).toBe(id);
  expect(await market.balance(ann)).toBe(1000);
  expect(await market.stock(offerId)).toBe(1);
  expect(await market.voucherState(id)).toBe('cancelled');
  const lots = await market.deps.db.query(
    'SELECT points, remaining FROM lot WHERE remaining > 0 AND account_id IN (SELECT id FROM account WHERE owner_id = ?)',
    [ann],
  );
  expect(lots).toEqual([{ points: 1000, remaining: 1000 }]);
  accepted(await market.buy(ann, offerId));
  await expect(market.deps).toHaveCoherentLedger();
});

test('a gift can be cancelled too', async () => {
  const market = await aMarket({ earned: 0 });
  const [ann] = market.memberIds as [string];
  const offerId = await market.offer({ price: 0, stock: 1, limit_count: 1 });
  accepted(await market.cancel(ann, accepted(await market.buy(ann, offerId))));
  expect(await market.stock(offerId)).toBe(1);
});

test('refuses another member’s voucher as if it were not there, a used, a cancelled and a lapsed one', async () => {
  const market = await aMarket();
  const [ann, bob] = market.memberIds as [string, string];
  const offerId = await market.offer({ use_days: 1 });
  const [used, cancelled, lapsed] = await Promise.all(
    [1, 2, 3].map(async () => accepted(await market.buy(ann, offerId))),
  );
  accepted(await market.verify(used!));
  accepted(await market.cancel(ann, cancelled!));
  expect(await market.cancel(bob, lapsed!)).toMatchObject(refusal('REDEMPTION_UNKNOWN'));
  expect(await market.cancel(ann, used!)).toMatchObject(refusal('VOUCHER_USED'));
  expect(await market.cancel(ann, cancelled!)).toMatchObject(refusal('VOUCHER_CANCELLED'));
  market.deps.clock.advance({ days: 1 });
  expect(await market.cancel(ann, lapsed!)).toMatchObject(refusal('VOUCHER_LAPSED'));
  expect(await market.balance(ann)).toBe(800);
});

test('cancelling and verifying one voucher at the same moment: exactly one of the two happens', async () => {
  const market = await aMarket({ memberCount: 20 });
  const offerId = await market.offer({ stock: 100 });
  const bought = await Promise.all(
    market.memberIds.map(async (id) => ({ id, redemption: accepted(await market.buy(id, offerId)) })),
  );
  const pairs = await Promise.all(
    bought.map(({ id, redemption }) => Promise.all([market.cancel(id, redemption), market.verify(redemption)])),
  );
  for (const pair of pairs) expect(tally(pair).accepted).toBe(1);
  const verified = pairs.filter(([, verification]) => verification.ok).length;
  expect(await market.moved('merchant')).toBe(verified * 100);
  expect(await market.moved('vouchers')).toBe(0);
  expect(await market.stock(offerId)).toBe(100 - verified);
  await expect(market.deps).toHaveCoherentLedger();
});
