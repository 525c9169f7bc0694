import { insertRows } from '../../platform/db/sql.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { Lottery } from '../lottery.entity.ts';
import { lockLottery } from '../lottery.ts';
import { ticketRulesOf } from '../set-up/set-up-queries.ts';
import { type Entitled, freeTickets, ticketsByRule } from './entitled.ts';
import { recentWinners } from './recent-winners.ts';
import { NO_TICKETS, ticketCounts } from './ticket-counts.ts';

/**
 * Gives members the tickets of a lottery that they need not buy: the free ones first, then those of rules, up to what a
 * member may have in all; nothing to recent winners. In batches, each in a transaction of its own that looks whether
 * tickets can still be given: while the lottery is open, and when it is frozen until its list is complete. Nobody gets
 * the same tickets twice, however often and on however many machines it runs. Resolves with the number of grants.
 */
export async function giveTickets(deps: Deps, lotteryId: string, progress?: ReportProgress): Promise<number> {
  const { db } = deps;
  const lottery = await db.manager.findOneByOrFail(Lottery, { id: lotteryId });
  const rules = (await ticketRulesOf(db.manager, [lotteryId])).get(lotteryId)!;
  let given = 0;
  for (const entitled of [freeTickets(lottery), ...rules.map((rule) => ticketsByRule(lottery, rule))]) {
    for await (const batch of entitled(db.manager)) {
      given += await inTransaction(db, (tx) => giveBatch(tx, lotteryId, batch, deps.clock.now()));
      await progress?.({ done: given });
    }
  }
  await db.query("UPDATE lottery SET given_at = ? WHERE id = ? AND given_at IS NULL AND state = 'open'", [
    deps.clock.now(),
    lotteryId,
  ]);
  return given;
}

async function giveBatch(tx: Tx, lotteryId: string, entitled: readonly Entitled[], now: Date): Promise<number> {
  // Locked for writing, so that nobody buys meanwhile: what a member may have in all holds exactly.
  const lottery = await lockLottery(tx, lotteryId);
  if (!lottery || !canBeGiven(lottery)) return 0;
  const winners = await recentWinners(tx, lottery);
  const taking = entitled.filter(({ memberId }) => !winners.has(memberId));
  const counts = await ticketCounts(tx, lotteryId, [...new Set(taking.map(({ memberId }) => memberId))]);
  const has = new Map([...counts].map(([memberId, { all }]) => [memberId, all]));
  const rows = taking.flatMap(({ memberId, source, cause, tickets }) => {
    const before = has.get(memberId) ?? NO_TICKETS.all;
    const count = Math.min(tickets, lottery.ticketsAtMost - before);
    if (count < 1) return [];
    has.set(memberId, before + count);
    return [[lotteryId, newId(), memberId, source, cause, count, now]];
  });
  const columns = ['lottery_id', 'id', 'member_id', 'source', 'cause', 'tickets', 'given_at'];
  // What another machine gave meanwhile stays as it is.
  await insertRows(tx, 'lottery_grant', columns, rows, 'ON DUPLICATE KEY UPDATE lottery_id = VALUES(lottery_id)');
  return rows.length;
}

function canBeGiven({ state, listedAt }: Lottery): boolean {
  return state === 'open' || (state === 'frozen' && listedAt === null);
}
