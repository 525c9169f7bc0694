import { expect, test } from 'vitest';
import { prepareLotteries } from '../../../src/lotteries/prepare-lotteries.ts';
import { buyTickets } from '../../../src/lotteries/tickets/buy-tickets.ts';
import { giveTickets } from '../../../src/lotteries/tickets/give-tickets.ts';
import { ticketCounts } from '../../../src/lotteries/tickets/ticket-counts.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { asMember } from '../../cards/world.ts';
import { members } from '../../support/ledger.ts';
import { tally } from '../../support/market.ts';
import { accepted, aMember, aUnion, refused } from '../../unions/tree.ts';
import { accruals, aLotteryWorld, aWin, grantsOf, heldForPrizes, lotteryOf, TIMES } from '../world.ts';

type World = Awaited<ReturnType<typeof aLotteryWorld>>;

const buy = ({ deps }: World, memberId: string, lotteryId: string, count = 1, key = newId()) =>
  buyTickets(deps, asMember(memberId), key, { lotteryId, count });

test('everybody who is active in the branch gets the free tickets once, however often they are given', async () => {
  const world = await aLotteryWorld({ memberCount: 3 });
  const { deps, memberIds, unionId, opened } = world;
  const below = await aUnion(deps, unionId, '下级工会');
  const [deep] = await members(deps.db, below, 1);
  const elsewhere = await aUnion(deps, null, '别的工会', 'province');
  await members(deps.db, elsewhere, 1);
  await deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [memberIds[0]]);
  const lotteryId = await opened({ freeTickets: 2 });

  await Promise.all([giveTickets(deps, lotteryId), giveTickets(deps, lotteryId)]);
  await giveTickets(deps, lotteryId);

  expect(await grantsOf(deps, lotteryId)).toMatchObject(
    [memberIds[1]!, memberIds[2]!, deep!]
      .sort()
      .map((memberId) => ({ memberId, source: 'free', cause: 'free', tickets: 2 })),
  );
  expect((await lotteryOf(deps, lotteryId)).givenAt).toEqual(deps.clock.now());
});

test('who joins later gets hers when they are given again at the freeze, and nobody once the list is complete', async () => {
  const { deps, unionId, opened } = await aLotteryWorld({ memberCount: 1 });
  const lotteryId = await opened();
  await prepareLotteries(deps);
  await aMember(deps, unionId);
  await deps.db.query("UPDATE lottery SET state = 'frozen', frozen_at = freezes_at WHERE id = ?", [lotteryId]);

  expect(await giveTickets(deps, lotteryId)).toBe(1);

  await aMember(deps, unionId);
  await deps.db.query('UPDATE lottery SET listed_at = frozen_at WHERE id = ?', [lotteryId]);
  expect(await giveTickets(deps, lotteryId)).toBe(0);
  expect(await grantsOf(deps, lotteryId)).toHaveLength(2);
});

test('a rule gives tickets for what it gave in the month before the draw and did not take back, up to the limit', async () => {
  const { deps, memberIds, programmeId, opened } = await aLotteryWorld({ memberCount: 3 });
  const [one, two, three] = memberIds as [string, string, string];
  const give = await accruals(deps, programmeId);
  const earned = [await give(one, '2026-08-01'), await give(one, '2026-08-31'), await give(two, '2026-08-10')];
  await give(one, '2026-07-31');
  await give(one, '2026-09-01');
  await give(three, '2026-08-10', { revoked: true });
  const lotteryId = await opened({ ticketRules: [{ ruleId: give.ruleId, tickets: 3 }], ticketsAtMost: 5 });

  await giveTickets(deps, lotteryId);
  await giveTickets(deps, lotteryId);

  const byRule = (await grantsOf(deps, lotteryId)).filter(({ source }) => source === 'rule');
  expect(byRule.map(({ cause, tickets }) => [cause, tickets])).toEqual([
    [earned[0], 3],
    // Of the three only one is left, with the free one and the three before.
    [earned[1], 1],
    [earned[2], 3],
  ]);
  const counts = await ticketCounts(deps.db.manager, lotteryId, memberIds);
  expect([one, two, three].map((id) => counts.get(id)?.all)).toEqual([5, 4, 1]);
});

test('tickets cost points that lie in the prizes account; the same key buys once', async () => {
  const world = await aLotteryWorld({ memberCount: 1, earned: 100 });
  const { deps, memberIds, programmeId, opened, balance } = world;
  const lotteryId = await opened();
  const key = newId();

  const id = accepted(await buy(world, memberIds[0]!, lotteryId, 3, key));
  expect(accepted(await buy(world, memberIds[0]!, lotteryId, 3, key))).toBe(id);

  expect(await grantsOf(deps, lotteryId)).toMatchObject([{ id, source: 'bought', cause: id, tickets: 3 }]);
  expect(await balance(memberIds[0]!)).toBe(70);
  expect(await heldForPrizes(deps, programmeId)).toBe(130);
  await expect(deps).toHaveCoherentLedger();
});

test('who may not buy is told why, and pays nothing', async () => {
  const world = await aLotteryWorld({ memberCount: 3, earned: 15 });
  const { deps, memberIds, opened, draft, balance } = world;
  const [one, frozen, winner] = memberIds as [string, string, string];
  await deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [frozen]);
  const elsewhere = await aUnion(deps, null, '别的工会', 'province');
  const [stranger] = await members(deps.db, elsewhere, 1);
  const lotteryId = await opened({ leavesOutMonths: 1 });
  const given = await opened({ ticketPrice: null, boughtAtMost: 0 });
  await aWin(deps, { programmeId: world.programmeId, month: '2026-08', memberId: winner });

  expect(await buy(world, one, newId())).toMatchObject(refused('LOTTERY_UNKNOWN'));
  expect(await buy(world, one, await draft())).toMatchObject(refused('LOTTERY_UNKNOWN'));
  expect(await buy(world, stranger!, lotteryId)).toMatchObject(refused('LOTTERY_UNKNOWN'));
  expect(await buy(world, one, given)).toMatchObject(refused('TICKETS_NOT_SOLD'));
  expect(await buy(world, frozen, lotteryId)).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
  expect(await buy(world, winner, lotteryId)).toMatchObject(refused('WON_LATELY'));
  expect(await buy(world, one, lotteryId, 0)).toMatchObject(refused('TICKET_LIMIT_REACHED'));
  expect(await buy(world, one, lotteryId, 6)).toMatchObject(refused('TICKET_LIMIT_REACHED'));
  expect(await buy(world, one, lotteryId, 2)).toMatchObject(refused('NOT_ENOUGH_POINTS'));
  // The job that freezes it is late: the clock decides.
  deps.clock.set(TIMES.freezesAt.toISOString());
  expect(await buy(world, one, lotteryId)).toMatchObject(refused('TICKETS_CLOSED'));

  expect(await grantsOf(deps, lotteryId)).toEqual([]);
  expect(await balance(one)).toBe(15);
});

test('a member who asks many times at once, while tickets are given, gets as many as the limits say and no more', async () => {
  const world = await aLotteryWorld({ memberCount: 2, earned: 1000 });
  const { deps, memberIds, programmeId, opened, balance } = world;
  const [one, two] = memberIds as [string, string];
  const give = await accruals(deps, programmeId);
  for (let day = 10; day < 16; day++) await give(one, `2026-08-${day}`);
  const lotteryId = await opened({
    freeTickets: 1,
    boughtAtMost: 4,
    ticketsAtMost: 6,
    ticketRules: [{ ruleId: give.ruleId, tickets: 1 }],
  });

  const [outcomes] = await Promise.all([
    Promise.all([...Array(8)].flatMap(() => [buy(world, one, lotteryId), buy(world, two, lotteryId)])),
    giveTickets(deps, lotteryId),
  ]);

  const counts = await ticketCounts(deps.db.manager, lotteryId, memberIds);
  expect(counts.get(one)!.all).toBe(6);
  expect(counts.get(two)).toEqual({ all: 5, bought: 4 });
  const { accepted: bought = 0, ...no } = tally(outcomes);
  expect(bought).toBe(counts.get(one)!.bought + 4);
  expect(Object.keys(no)).toEqual(['TICKET_LIMIT_REACHED']);
  expect((await balance(one)) + (await balance(two))).toBe(2000 - 10 * bought);
  await expect(deps).toHaveCoherentLedger();
});

test('recent winners get no tickets, but for a win that lapsed, was taken away, or lies longer back', async () => {
  const { deps, memberIds, programmeId, opened } = await aLotteryWorld({ memberCount: 5 });
  const [lately, before, lapsed, disqualified, never] = memberIds as [string, string, string, string, string];
  await aWin(deps, { programmeId, month: '2026-07', memberId: lately });
  await aWin(deps, { programmeId, month: '2026-06', memberId: before });
  await aWin(deps, { programmeId, month: '2026-08', memberId: lapsed, state: 'lapsed' });
  await aWin(deps, { programmeId, month: '2026-08', memberId: disqualified, state: 'disqualified' });
  const lotteryId = await opened({ leavesOutMonths: 2, ticketPrice: points(1) });

  await giveTickets(deps, lotteryId);

  const having = (await grantsOf(deps, lotteryId)).map(({ memberId }) => memberId);
  expect(having).toEqual([before, lapsed, disqualified, never].sort());
});
