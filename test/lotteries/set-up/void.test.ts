import { expect, test } from 'vitest';
import { prepareLotteries } from '../../../src/lotteries/prepare-lotteries.ts';
import { voidLottery } from '../../../src/lotteries/set-up/void-lottery.ts';
import { buyTickets } from '../../../src/lotteries/tickets/buy-tickets.ts';
import { refundTickets } from '../../../src/lotteries/tickets/refund-tickets.ts';
import { fileObjection } from '../../../src/notices/file-objection.ts';
import { newId } from '../../../src/platform/ids.ts';
import { asMember } from '../../cards/world.ts';
import { accepted, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { AT, aDrawWorld } from '../draw-world.ts';
import { aLotteryWorld, aPrize, grantsOf, heldForPrizes, lotteryOf } from '../world.ts';

const REASON = '奖品供应商临时退出，本次抽奖取消。';

async function soldOutWorld() {
  const world = await aLotteryWorld({ memberCount: 3, earned: 100 });
  const offerId = await world.offer({ price: 20, stock: 5 });
  const prizes = [aPrize(), aPrize({ kind: 'voucher', points: null, offerId, quantity: 2 })];
  const lotteryId = await world.opened({ prizes });
  for (const memberId of world.memberIds) {
    accepted(await buyTickets(world.deps, asMember(memberId), newId(), { lotteryId, count: 5 }));
  }
  return { ...world, offerId, lotteryId };
}

test('a lottery that is called off gives every point and piece back, once, however often that is done', async () => {
  const { deps, admin, memberIds, programmeId, lotteryId, offerId, stock, balance } = await soldOutWorld();
  expect(await heldForPrizes(deps, programmeId)).toBe(290);

  accepted(await voidLottery(deps, admin, newId(), { lotteryId, reason: REASON }));
  await Promise.all([prepareLotteries(deps), prepareLotteries(deps)]);
  await prepareLotteries(deps);

  expect(await lotteryOf(deps, lotteryId)).toMatchObject({ state: 'void', voidReason: REASON });
  expect((await lotteryOf(deps, lotteryId)).settledAt).toEqual(deps.clock.now());
  expect(await Promise.all(memberIds.map(balance))).toEqual([100, 100, 100]);
  expect(await stock(offerId)).toBe(5);
  expect(await heldForPrizes(deps, programmeId)).toBe(0);
  const [{ issued }] = await deps.db.query('SELECT issued FROM programme_budget WHERE programme_id = ?', [programmeId]);
  expect(issued).toBe(300);
  expect((await auditTrail(deps)).at(-1)).toMatchObject({ action: 'voidLottery', after: { reason: REASON } });
  await expect(deps).toHaveCoherentLedger();
});

test('nobody buys a ticket of a void lottery, and none is bought and forgotten while it becomes void', async () => {
  const { deps, admin, memberIds, programmeId, lotteryId, balance } = await soldOutWorld();
  const other = await anAdmin(deps, []);
  expect(await voidLottery(deps, other, newId(), { lotteryId, reason: REASON })).toMatchObject(
    refused('LOTTERY_UNKNOWN'),
  );
  await deps.db.query('UPDATE lottery SET bought_at_most = 10 WHERE id = ?', [lotteryId]);

  await Promise.all([
    ...memberIds.map((id) => buyTickets(deps, asMember(id), newId(), { lotteryId, count: 1 })),
    voidLottery(deps, admin, newId(), { lotteryId, reason: REASON }),
    ...memberIds.map((id) => buyTickets(deps, asMember(id), newId(), { lotteryId, count: 1 })),
  ]);
  await prepareLotteries(deps);

  expect(await buyTickets(deps, asMember(memberIds[0]!), newId(), { lotteryId, count: 1 })).toMatchObject(
    refused('TICKETS_CLOSED'),
  );
  expect(await Promise.all(memberIds.map(balance))).toEqual([100, 100, 100]);
  expect(await heldForPrizes(deps, programmeId)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});

test('a lottery that is called off in notice takes its notice back, its wins are void, and an objection becomes moot', async () => {
  const world = await aDrawWorld({ memberCount: 3 });
  const { deps, admin, memberIds, programmeId } = world;
  const lotteryId = await world.ready({ prizes: [aPrize({ quantity: 2 })] });
  accepted(await world.buyTickets(memberIds[0]!, lotteryId, 3));
  world.at(AT.freeze);
  await world.advance();
  await world.revealAll(lotteryId);
  world.at(AT.draw);
  await world.advance();
  const { noticeId } = await world.lottery(lotteryId);
  const objection = { noticeId: noticeId!, lineNumber: 1, text: '此人已退会', evidenceIds: [] };
  accepted(await fileObjection(deps, asMember(memberIds[0]!), newId(), objection));

  accepted(await voidLottery(deps, admin, newId(), { lotteryId, reason: REASON }));
  world.at(AT.final);
  await world.advance();
  await world.advance();

  expect(await deps.db.query('SELECT state, withdrawn_reason AS reason FROM notice')).toEqual([
    { state: 'withdrawn', reason: REASON },
  ]);
  expect(await deps.db.query('SELECT state FROM objection')).toEqual([{ state: 'moot' }]);
  expect((await world.wins(lotteryId)).map(({ state }) => state)).toEqual(['void', 'void']);
  expect(await Promise.all(memberIds.map(world.balance))).toEqual([1000, 1000, 1000]);
  expect((await world.lottery(lotteryId)).settledAt).not.toBeNull();
  expect(await heldForPrizes(deps, programmeId)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});

test('it needs a reason, and a final or void lottery stays what it is', async () => {
  const { deps, admin, draft, opened, programmeId } = await aLotteryWorld();
  const lotteryId = await opened();
  for (const reason of ['', ' 取消', '消'.repeat(301)]) {
    expect(await voidLottery(deps, admin, newId(), { lotteryId, reason })).toMatchObject(refused('REASON_NEEDED'));
  }
  await deps.db.query("UPDATE lottery SET state = 'final', final_at = opened_at WHERE id = ?", [lotteryId]);
  expect(await voidLottery(deps, admin, newId(), { lotteryId, reason: REASON })).toMatchObject(
    refused('LOTTERY_FINAL'),
  );

  const never = await draft();
  accepted(await voidLottery(deps, admin, newId(), { lotteryId: never, reason: REASON }));
  await prepareLotteries(deps);
  expect(await voidLottery(deps, admin, newId(), { lotteryId: never, reason: REASON })).toMatchObject(
    refused('LOTTERY_VOID'),
  );
  expect(await lotteryOf(deps, never)).toMatchObject({ state: 'void', openedAt: null });
  expect(await heldForPrizes(deps, programmeId)).toBe(100);
  await expect(deps).toHaveCoherentLedger();
});

test('bought tickets that were left out of a frozen list are refunded, and only those', async () => {
  const { deps, memberIds, lotteryId, balance } = await soldOutWorld();
  await deps.db.query("UPDATE lottery SET state = 'frozen' WHERE id = ?", [lotteryId]);
  await deps.db.query("UPDATE lottery_grant SET left_out = 'not_active' WHERE lottery_id = ? AND member_id = ?", [
    lotteryId,
    memberIds[1],
  ]);

  const refunded = await Promise.all([refundTickets(deps, lotteryId), refundTickets(deps, lotteryId)]);

  expect(refunded.sort()).toEqual([0, 1]);
  expect(await Promise.all(memberIds.map(balance))).toEqual([50, 100, 50]);
  expect(await grantsOf(deps, lotteryId)).toHaveLength(3);
  await expect(deps).toHaveCoherentLedger();
});
