import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import { loadBook } from '../../ledger/load-book.ts';
import { wantedBy } from '../../ledger/post.ts';
import type { Proposal } from '../../ledger/transfer.ts';
import { writeBook } from '../../ledger/write-book.ts';
import { memberNotActive } from '../../marketplace/refusals-redemption.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { points } from '../../platform/points.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { memberStandings, programmeTerms } from '../../unions/standing.ts';
import type { Lottery } from '../lottery.entity.ts';
import { shareLottery } from '../lottery.ts';
import { lotteryUnknown, ticketLimitReached, ticketsClosed, ticketsNotSold, wonLately } from '../refusals.ts';
import { hasWonLately } from './recent-winners.ts';
import { NO_TICKETS, ticketCounts } from './ticket-counts.ts';

/** A lottery that sells tickets, and what one costs. */
type Selling = Lottery & { ticketPrice: number };

/**
 * Buys tickets of an open lottery with the member's points; resolves with the grant's id. The points lie in the
 * programme's prizes account and come back when the lottery is void. Refusals: LOTTERY_UNKNOWN, TICKETS_CLOSED,
 * TICKETS_NOT_SOLD, MEMBER_NOT_ACTIVE, WON_LATELY, TICKET_LIMIT_REACHED, NOT_ENOUGH_POINTS.
 */
export async function buyTickets(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: { lotteryId: string; count: number },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'buyTickets', key, input }, async (tx, now) => {
    const selling = await sellingTo(tx, caller.memberId, input.lotteryId, now);
    return selling.ok ? sell(tx, selling.value, caller.memberId, input.count, now) : selling;
  });
}

/** The lottery, locked together with other buyers, when it sells tickets to this member now. */
async function sellingTo(tx: Tx, memberId: string, lotteryId: string, now: Date): Promise<Result<Selling>> {
  const lottery = await shareLottery(tx, lotteryId);
  const member = (await memberStandings(tx, [memberId])).get(memberId);
  const programme = lottery && (await programmeTerms(tx, [lottery.programmeId])).get(lottery.programmeId);
  if (!lottery || lottery.openedAt === null || !programme || !member?.unionPath.startsWith(programme.unionPath))
    return refuse(lotteryUnknown);
  // By the clock too: the job that freezes it may be late.
  if (lottery.state !== 'open' || now >= lottery.freezesAt) return refuse(ticketsClosed);
  if (lottery.ticketPrice === null) return refuse(ticketsNotSold);
  if (member.state !== 'active') return refuse(memberNotActive);
  if (await hasWonLately(tx, lottery, memberId)) return refuse(wonLately);
  return accept(lottery as Selling);
}

async function sell(tx: Tx, lottery: Selling, memberId: string, count: number, now: Date): Promise<Outcome> {
  const { id: lotteryId, programmeId, boughtAtMost, ticketsAtMost } = lottery;
  if (count < 1 || count > boughtAtMost) return refuse(ticketLimitReached(boughtAtMost));
  const id = newId();
  const proposal = payment({ id, programmeId, memberId, cost: lottery.ticketPrice * count });
  // From here on the member's account is locked, so that she does not buy twice what is left for her.
  const book = await loadBook(tx, wantedBy([proposal]), now);
  const has = (await ticketCounts(tx, lotteryId, [memberId])).get(memberId) ?? NO_TICKETS;
  const left = Math.max(0, Math.min(boughtAtMost - has.bought, ticketsAtMost - has.all));
  if (count > left) return refuse(ticketLimitReached(left));
  const paid = book.post(proposal);
  if (!paid.ok) return paid;
  await writeBook(tx, book);
  const columns = ['lottery_id', 'id', 'member_id', 'source', 'cause', 'tickets', 'transfer_id', 'given_at'];
  const row = [lotteryId, id, memberId, 'bought', id, count, paid.value.transferId, now];
  await insertRows(tx, 'lottery_grant', columns, [row]);
  return accept(id);
}

function payment(one: { id: string; programmeId: string; memberId: string; cost: number }): Proposal {
  return {
    programmeId: one.programmeId,
    kind: 'ticket',
    debit: { kind: 'member', ownerId: one.memberId },
    credit: { kind: 'prizes', ownerId: one.programmeId },
    points: points(one.cost),
    key: `lottery-ticket:${one.id}`,
    causeId: one.id,
  };
}
