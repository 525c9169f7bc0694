import { expect, test } from 'vitest';
import { lapseVouchers } from '../../src/marketplace/lapse-vouchers.ts';
import { accepted, aMarket } from '../support/market.ts';

test('lapsed vouchers are refunded or forfeited by the policy of their offer, each once, on two machines at once', async () => {
  const market = await aMarket({ memberCount: 6 });
  const refunding = await market.offer({ use_days: 1, lapse_policy: 'refund' });
  const forfeiting = await market.offer({ use_days: 1, lapse_policy: 'forfeit' });
  const later = await market.offer({ use_days: 2 });
  const gift = await market.offer({ price: 0, use_days: 1 });
  for (const memberId of market.memberIds) {
    for (const offerId of [refunding, forfeiting, later, gift]) accepted(await market.buy(memberId, offerId));
  }
  market.deps.clock.set('2026-08-03T16:00:00.000Z');
  const counts = await Promise.all([lapseVouchers(market.deps), lapseVouchers(market.deps)]);
  expect(counts[0] + counts[1]).toBe(18);
  expect(await lapseVouchers(market.deps)).toBe(0);
  expect(await Promise.all(market.memberIds.map(market.balance))).toEqual(Array(6).fill(800));
  expect([await market.moved('vouchers'), await market.moved('breakage')]).toEqual([600, 600]);
  await expect(market.deps).toHaveCoherentLedger();
});

test('a refund into a lot that lapsed before the voucher did expires at once', async () => {
  const market = await aMarket({ livesDays: 5 });
  const [ann] = market.memberIds as [string];
  const offerId = await market.offer({ use_days: 10 });
  accepted(await market.buy(ann, offerId));
  market.deps.clock.advance({ days: 10 });
  await lapseVouchers(market.deps);
  expect(await market.balance(ann)).toBe(0);
  expect(await market.moved('breakage')).toBe(1000);
  await expect(market.deps).toHaveCoherentLedger();
});

test('a voucher that was used is never lapsed', async () => {
  const market = await aMarket();
  const id = accepted(await market.buy(market.memberIds[0]!, await market.offer({ use_days: 1 })));
  accepted(await market.verify(id));
  market.deps.clock.advance({ days: 3 });
  expect(await lapseVouchers(market.deps)).toBe(0);
  expect(await market.voucherState(id)).toBe('used');
});
