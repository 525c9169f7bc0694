import { expect, test } from 'vitest';
import { advanceLottery } from '../../../src/lotteries/advance-lotteries.ts';
import { handOutPrize } from '../../../src/lotteries/prizes/hand-out-prize.ts';
import { payPrizes } from '../../../src/lotteries/prizes/pay-prizes.ts';
import { settleLottery } from '../../../src/lotteries/prizes/settle-lottery.ts';
import { importCodes } from '../../../src/marketplace/code-pools/import-codes.ts';
import { lapseVouchers } from '../../../src/marketplace/lapse-vouchers.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { audited } from '../../marketplace/support.ts';
import { accepted, anAdmin, refused } from '../../unions/tree.ts';
import { AT, aDrawWorld } from '../draw-world.ts';
import { aPrize, heldForPrizes } from '../world.ts';

const goods = (quantity: number) => aPrize({ tier: 3, name: '保温杯', kind: 'goods', points: null, quantity });

test('points that were won are paid when the notice is final, not before, and live as the programme says', async () => {
  const world = await aDrawWorld({ memberCount: 4, earned: 0 });
  const { deps } = world;
  const lotteryId = await world.inNotice({ prizes: [aPrize({ points: points(300), quantity: 2 })] });
  world.at('2026-09-08T15:59:59.999Z');
  await world.advance();
  expect((await world.lottery(lotteryId)).state).toBe('in_notice');
  world.at(AT.final);
  await world.advance();
  for (const { memberId, state } of await world.wins(lotteryId)) {
    expect(state).toBe('paid');
    expect(await world.balance(memberId)).toBe(300);
  }
  const [lot] = await deps.db.query('SELECT expires_at FROM lot LIMIT 1');
  // 365 days, 9 September 2026 of Beijing being the first.
  expect(lot.expires_at.toISOString()).toBe('2027-09-08T16:00:00.000Z');
  expect((await world.lottery(lotteryId)).settledAt).not.toBeNull();
  expect(await heldForPrizes(deps, world.programmeId)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});

test('machines that pay at once pay each win once', async () => {
  const world = await aDrawWorld({ memberCount: 30, earned: 0 });
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity: 30 })] });
  world.at(AT.final);
  await Promise.all(Array.from({ length: 5 }, () => advanceLottery(world.deps, lotteryId)));
  expect(await payPrizes(world.deps, lotteryId)).toBe(0);
  for (const memberId of world.memberIds) expect(await world.balance(memberId)).toBe(100);
  const [row] = await world.deps.db.query("SELECT COUNT(*) AS n FROM transfer WHERE kind = 'prize'");
  expect(Number(row.n)).toBe(30);
  await expect(world.deps).toHaveCoherentLedger();
});

test('the prize of who left lapses, that of who is frozen waits until she is active again', async () => {
  const world = await aDrawWorld({ memberCount: 2, earned: 0 });
  const { deps } = world;
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity: 2 })] });
  const [first, second] = (await world.wins(lotteryId)).map(({ memberId }) => memberId);
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [first]);
  await deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [second]);
  world.at(AT.final);
  await world.advance();
  expect((await world.wins(lotteryId)).map(({ state, reason }) => [state, reason])).toEqual([
    ['lapsed', '中奖会员已离会'],
    ['due', null],
  ]);
  await deps.db.query("UPDATE member SET state = 'active' WHERE id = ?", [second]);
  await world.advance();
  expect(await world.balance(second!)).toBe(100);
  await expect(deps).toHaveCoherentLedger();
});

test('a voucher that was won can be used at the outlet, whose merchant gets its points', async () => {
  const world = await aDrawWorld({ memberCount: 1, earned: 0 });
  const offerId = await world.offer({ price: 80, stock: 5 });
  const prize = aPrize({ kind: 'voucher', points: null, offerId, quantity: 2 });
  const lotteryId = await world.ready({ prizes: [prize] });
  expect(await world.stock(offerId)).toBe(3);
  world.at(AT.freeze);
  await world.advance();
  await world.revealAll(lotteryId);
  world.at(AT.draw);
  await world.advance();
  world.at(AT.final);
  await world.advance();
  const [redemption] = await world.deps.db.query('SELECT id FROM redemption');
  expect(await world.moved('vouchers')).toBe(80);
  expect(await world.cancel(world.memberIds[0]!, redemption.id)).toMatchObject(refused('PRIZE_NOT_CANCELLED'));
  accepted(await world.verify(redemption.id));
  expect(await world.moved('merchant')).toBe(80);
  // Of two pieces one was won: the other is on sale again, and its points are in the budget.
  expect(await world.stock(offerId)).toBe(4);
  expect(await heldForPrizes(world.deps, world.programmeId)).toBe(0);
  await expect(world.deps).toHaveCoherentLedger();
});

test('a voucher that was won and not used forfeits its points, though the offer refunds those who bought', async () => {
  const world = await aDrawWorld({ memberCount: 1, earned: 0 });
  const offerId = await world.offer({ price: 80, use_days: 3, lapse_policy: 'refund' });
  await world.final({ prizes: [aPrize({ kind: 'voucher', points: null, offerId })] });
  world.at('2026-09-20T00:00:00.000Z');
  expect(await lapseVouchers(world.deps)).toBe(1);
  expect(await world.moved('breakage')).toBe(80);
  expect(await world.balance(world.memberIds[0]!)).toBe(0);
  await expect(world.deps).toHaveCoherentLedger();
});

test('vouchers that were won from a pool carry codes of the merchant, each another one', async () => {
  const world = await aDrawWorld({ memberCount: 3, earned: 1000 });
  const { deps, admin } = world;
  const offerId = await world.offer({ price: 50, stock: 0, code_source: 'pool', lapse_policy: 'forfeit' });
  accepted(await importCodes(deps, admin, newId(), { offerId, codes: ['AAAA-1', 'AAAA-2', 'AAAA-3'] }));
  accepted(await world.buy(world.memberIds[0]!, offerId));
  await world.final({ prizes: [aPrize({ kind: 'voucher', points: null, offerId, quantity: 2 })] });
  const rows = await deps.db.query('SELECT number FROM redemption_code ORDER BY number');
  expect(rows.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3]);
  await expect(deps).toHaveCoherentLedger();
});

test('pieces of a pool that nobody won are sold again, and no code is given twice', async () => {
  const world = await aDrawWorld({ memberCount: 2, earned: 1000 });
  const { deps, admin, memberIds } = world;
  const offerId = await world.offer({ price: 50, stock: 0, code_source: 'pool', lapse_policy: 'forfeit' });
  accepted(await importCodes(deps, admin, newId(), { offerId, codes: ['AAAA-1', 'AAAA-2', 'AAAA-3', 'AAAA-4'] }));
  const lotteryId = await world.ready({ prizes: [aPrize({ kind: 'voucher', points: null, offerId, quantity: 3 })] });
  expect(await world.stock(offerId)).toBe(1);
  accepted(await world.buy(memberIds[0]!, offerId));
  expect(await world.buy(memberIds[0]!, offerId)).toMatchObject(refused('SOLD_OUT'));
  world.at(AT.freeze);
  await world.advance();
  await world.revealAll(lotteryId);
  for (const at of [AT.draw, AT.final]) {
    world.at(at);
    await world.advance();
  }
  accepted(await world.buy(memberIds[0]!, offerId));
  expect(await world.buy(memberIds[0]!, offerId)).toMatchObject(refused('SOLD_OUT'));
  const rows = await deps.db.query('SELECT number FROM redemption_code ORDER BY number');
  expect(rows.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3, 4]);
  expect(await heldForPrizes(deps, world.programmeId)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});

test('a voucher whose last day is over when the result is final lapses instead of being worthless', async () => {
  const world = await aDrawWorld({ memberCount: 1, earned: 0 });
  const offerId = await world.offer({ price: 80, use_until: '2026-09-03', use_days: null });
  const lotteryId = await world.final({ prizes: [aPrize({ kind: 'voucher', points: null, offerId })] });
  expect(await world.wins(lotteryId)).toMatchObject([{ state: 'lapsed', reason: '奖品券的使用期已过' }]);
});

test('a thing is handed out once, by an admin of the branch, until its last day; then it lapses', async () => {
  const world = await aDrawWorld({ memberCount: 2, earned: 0 });
  const { deps, admin } = world;
  const lotteryId = await world.inNotice({ prizes: [goods(2)], collectDays: 10 });
  const [first, second] = (await world.wins(lotteryId)).map(({ id }) => id);
  const handOut = (winId: string, caller = admin) => handOutPrize(deps, caller, newId(), { winId });
  expect(await handOut(first!)).toMatchObject(refused('PRIZE_NOT_TO_COLLECT'));
  world.at(AT.final);
  await world.advance();
  const stranger = await anAdmin(deps, []);
  expect(await handOut(first!, stranger)).toMatchObject(refused('WIN_UNKNOWN'));
  accepted(await handOut(first!));
  expect(await handOut(first!)).toMatchObject(refused('PRIZE_NOT_TO_COLLECT'));
  world.at('2026-09-19T16:00:00.000Z');
  expect(await handOut(second!)).toMatchObject(refused('PRIZE_LAPSED'));
  await world.advance();
  expect((await world.wins(lotteryId)).map(({ state }) => state)).toEqual(['collected', 'lapsed']);
  expect(await audited(deps)).toContain('handOutPrize');
});

test('a lottery is settled a week after its last prize lapsed, or at once by an admin; tickets sold go to the budget', async () => {
  const world = await aDrawWorld({ memberCount: 2 });
  const { deps, admin, programmeId } = world;
  const lotteryId = await world.ready({ prizes: [aPrize(), goods(1)], collectDays: 1 });
  accepted(await world.buyTickets(world.memberIds[0]!, lotteryId, 4));
  for (const [at, act] of [
    [AT.freeze, () => world.revealAll(lotteryId)],
    [AT.draw, async () => {}],
    [AT.final, async () => {}],
  ] as const) {
    world.at(at);
    await world.advance();
    await act();
  }
  const settle = () => settleLottery(deps, admin, newId(), { lotteryId });
  expect(await settle()).toMatchObject(refused('WINS_WAITING'));
  world.at('2026-09-10T16:00:00.000Z');
  await world.advance();
  expect((await world.lottery(lotteryId)).settledAt).toBeNull();
  expect(await heldForPrizes(deps, programmeId)).toBe(40);
  world.at('2026-09-17T16:00:00.000Z');
  await world.advance();
  expect((await world.lottery(lotteryId)).settledAt).not.toBeNull();
  expect(await heldForPrizes(deps, programmeId)).toBe(0);
  expect(await settle()).toMatchObject(refused('LOTTERY_SETTLED'));
  await expect(deps).toHaveCoherentLedger();
});
