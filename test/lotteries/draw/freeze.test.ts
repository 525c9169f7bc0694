import { expect, test } from 'vitest';
import { completeList } from '../../../src/lotteries/freeze/complete-list.ts';
import { countTickets } from '../../../src/lotteries/freeze/count-tickets.ts';
import { freezeLottery } from '../../../src/lotteries/freeze/freeze-lottery.ts';
import { ticketsOf } from '../../../src/lotteries/freeze/stream-tickets.ts';
import { indicesOf, openTicketList, ticketsAt } from '../../../src/lotteries/freeze/ticket-list.ts';
import { growTree, proofHolds } from '../../../src/lotteries/proof/merkle.ts';
import { leavesOf } from '../../../src/lotteries/proof/ticket.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, aMember, refused } from '../../unions/tree.ts';
import { AT, aDrawWorld, type DrawWorld } from '../draw-world.ts';
import { accruals, aPrize, aWin, grantsOf, heldForPrizes } from '../world.ts';

/** Grants of several tickets each, straight into the table: many of them. */
async function manyGrants({ deps, memberIds }: DrawWorld, lotteryId: string, sizes: readonly number[]): Promise<void> {
  const rows = sizes.map((tickets, i) => {
    return [lotteryId, newId(), memberIds[i % memberIds.length], 'rule', newId(), tickets, deps.clock.now()];
  });
  await deps.db.query(
    'INSERT INTO lottery_grant (lottery_id, id, member_id, source, cause, tickets, given_at) VALUES ?',
    [rows],
  );
}

test('a lottery freezes at its instant and not before, and from then on no ticket is sold', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.ready();
  world.at('2026-09-01T00:59:59.999Z');
  await world.advance();
  expect((await world.lottery(lotteryId)).state).toBe('open');
  accepted(await world.buyTickets(world.memberIds[0]!, lotteryId, 1));
  world.at(AT.freeze);
  expect(await world.buyTickets(world.memberIds[0]!, lotteryId, 1)).toMatchObject(refused('TICKETS_CLOSED'));
  await world.advance();
  const lottery = await world.lottery(lotteryId);
  expect(lottery).toMatchObject({ state: 'frozen', ticketCount: 4, trouble: null });
  expect(await world.buyTickets(world.memberIds[0]!, lotteryId, 1)).toMatchObject(refused('TICKETS_CLOSED'));
  await expect(world.deps).toHaveCoherentLedger();
});

test('buyers who race with the freeze either have their ticket in the list or no ticket and their points', async () => {
  const world = await aDrawWorld({ memberCount: 12 });
  const lotteryId = await world.ready();
  world.at('2026-09-01T00:59:59.999Z');
  const buying = world.memberIds.map((id) => world.buyTickets(id, lotteryId, 2));
  world.at(AT.freeze);
  const [outcomes] = await Promise.all([Promise.all(buying), world.advance()]);
  await world.advance();
  const bought = outcomes.filter((outcome) => outcome.ok).length;
  expect((await world.lottery(lotteryId)).ticketCount).toBe(12 + 2 * bought);
  expect(await heldForPrizes(world.deps, world.programmeId)).toBe(100 + 20 * bought);
  await expect(world.deps).toHaveCoherentLedger();
});

test('a lottery with reveals stays open, and says why, until every party has committed itself', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.openedFor();
  await world.commit(lotteryId, world.parties.slice(0, 2));
  world.at(AT.freeze);
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'open', trouble: 'parties_missing' });
  await world.commit(lotteryId, world.parties.slice(2));
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'frozen', trouble: null });
});

test('who is not active at the freeze is left out and gets what she paid', async () => {
  const world = await aDrawWorld();
  const { deps, memberIds } = world;
  const lotteryId = await world.ready();
  accepted(await world.buyTickets(memberIds[0]!, lotteryId, 3));
  accepted(await world.buyTickets(memberIds[1]!, lotteryId, 1));
  await deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [memberIds[0]]);
  world.at(AT.freeze);
  await world.advance();
  const grants = await grantsOf(deps, lotteryId);
  expect(grants.filter(({ memberId }) => memberId === memberIds[0]).map(({ leftOut }) => leftOut)).toEqual([
    'not_active',
    'not_active',
  ]);
  expect((await world.lottery(lotteryId)).ticketCount).toBe(3);
  expect(await world.balance(memberIds[0]!)).toBe(1000);
  expect(await world.balance(memberIds[1]!)).toBe(990);
  expect(await heldForPrizes(deps, world.programmeId)).toBe(110);
  await expect(deps).toHaveCoherentLedger();
});

test('tickets whose reason was taken back since they were given are left out, and the others of their member are not', async () => {
  const world = await aDrawWorld();
  const { deps, memberIds } = world;
  const give = await accruals(deps, world.programmeId);
  const [revoked] = [await give(memberIds[0]!, '2026-08-03'), await give(memberIds[0]!, '2026-08-04')];
  const lotteryId = await world.ready({ ticketRules: [{ ruleId: give.ruleId, tickets: 2 }] });
  await deps.db.query('UPDATE accrual SET revocation_id = ? WHERE id = ?', [newId(), revoked]);
  world.at(AT.freeze);
  await world.advance();
  const leftOut = (await grantsOf(deps, lotteryId)).filter((grant) => grant.leftOut !== null);
  expect(leftOut).toMatchObject([{ memberId: memberIds[0], cause: revoked, leftOut: 'revoked' }]);
  expect((await world.lottery(lotteryId)).ticketCount).toBe(3 + 2);
});

test('who wins elsewhere after she got her tickets is left out of the list and gets what she paid', async () => {
  const world = await aDrawWorld();
  const { deps, memberIds, programmeId } = world;
  const lotteryId = await world.ready({ leavesOutMonths: 2 });
  accepted(await world.buyTickets(memberIds[0]!, lotteryId, 3));
  await aWin(deps, { programmeId, month: '2026-09', memberId: memberIds[0]! });
  await aWin(deps, { programmeId, month: '2026-08', memberId: memberIds[1]!, state: 'lapsed' });
  world.at(AT.freeze);
  await world.advance();
  const grants = await grantsOf(deps, lotteryId);
  expect(grants.filter(({ leftOut }) => leftOut !== null)).toMatchObject([
    { memberId: memberIds[0], source: 'bought', leftOut: 'won_lately' },
    { memberId: memberIds[0], source: 'free', leftOut: 'won_lately' },
  ]);
  expect((await world.lottery(lotteryId)).ticketCount).toBe(2);
  expect(await world.balance(memberIds[0]!)).toBe(1000);
  await expect(deps).toHaveCoherentLedger();
});

test('a member who joined after the tickets were given has hers in the frozen list', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.ready();
  await aMember(world.deps, world.unionId);
  await aMember(world.deps, world.unionId);
  world.at(AT.freeze);
  await world.advance();
  expect((await world.lottery(lotteryId)).ticketCount).toBe(5);
});

test('a lottery without any ticket is void', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.ready({ freeTickets: 0 });
  world.at(AT.freeze);
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'void', voidReason: '没有人持有奖券' });
  expect(await heldForPrizes(world.deps, world.programmeId)).toBe(0);
  await expect(world.deps).toHaveCoherentLedger();
});

test('the root over the streamed list is that of the plain list, and each ticket has a proof that holds', async () => {
  const world = await aDrawWorld({ memberCount: 40 });
  const { deps } = world;
  const lotteryId = await world.ready();
  // 40 free tickets and then chunks that begin within grants, with them, and leave a short one at the end.
  await manyGrants(world, lotteryId, [
    216,
    1,
    300,
    255,
    256,
    3,
    700,
    ...Array.from({ length: 300 }, (_, i) => 1 + (i % 3)),
  ]);
  world.at(AT.freeze);
  await freezeLottery(deps, lotteryId);
  // What this test put in has no accrual: nothing leaves it out.
  await completeList(deps, lotteryId);
  await countTickets(deps, lotteryId);

  const grants = await deps.db.query(
    'SELECT id, member_id AS memberId, tickets FROM lottery_grant WHERE lottery_id = ? ORDER BY id',
    [lotteryId],
  );
  const tickets = [...ticketsOf(lotteryId, grants)];
  const plain = growTree();
  plain.add(tickets);
  const { root, count } = plain.finish();
  const lottery = await world.lottery(lotteryId);
  expect(lottery.ticketCount).toBe(count);
  expect(lottery.root).toEqual(root);

  const list = await openTicketList(deps.db.manager, lottery);
  const leaves = leavesOf(0, tickets);
  const listed = await ticketsAt(deps.db.manager, list, [0, 39, 40, 255, 256, 257, 511, 512, 1000, count - 1]);
  for (const { index, ticket, proof } of listed) {
    expect(ticket).toBe(tickets[index]!.ticket);
    expect(proofHolds(leaves.subarray(index * 32, index * 32 + 32), index, count, proof, root)).toBe(true);
  }
  let at = 0;
  for (const grant of grants) {
    expect((await indicesOf(deps.db.manager, list, grant))[0]).toBe(at);
    at += grant.tickets;
  }
});

test('counting on two machines at once, and again later, writes one root', async () => {
  const world = await aDrawWorld({ memberCount: 20 });
  const { deps } = world;
  const lotteryId = await world.ready();
  world.at(AT.freeze);
  await freezeLottery(deps, lotteryId);
  const completed = await Promise.all([completeList(deps, lotteryId), completeList(deps, lotteryId)]);
  expect(completed.filter(Boolean)).toHaveLength(1);
  const counted = await Promise.all([countTickets(deps, lotteryId), countTickets(deps, lotteryId)]);
  expect(counted.filter(Boolean)).toHaveLength(1);
  const before = await world.lottery(lotteryId);
  // Somebody who joins now is too late, whatever runs.
  await aMember(deps, world.unionId);
  await world.advance();
  expect(await countTickets(deps, lotteryId)).toBe(false);
  expect((await world.lottery(lotteryId)).root).toEqual(before.root);
  expect(await grantsOf(deps, lotteryId)).toHaveLength(20);
});

test('the clock set back after the freeze opens nothing again', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.frozen({ prizes: [aPrize()] });
  world.at('2026-08-28T00:00:00.000Z');
  await world.advance();
  expect((await world.lottery(lotteryId)).state).toBe('frozen');
  expect(await world.buyTickets(world.memberIds[0]!, lotteryId, 1)).toMatchObject(refused('TICKETS_CLOSED'));
});
