import type { Deps } from '../../platform/deps.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import type { Lottery } from '../lottery.entity.ts';
import type { ListedGrant } from './stream-tickets.ts';
import { indicesOf, type ListedTicket, openTicketList, type TicketList, ticketsAt } from './ticket-list.ts';

/** Frozen lists never change: the few that members ask for now are kept, at 400 kB for a million tickets. */
const LISTS_KEPT = 4;
const kept = new WeakMap<Deps['db'], Map<string, Promise<TicketList>>>();

/**
 * A page of a member's tickets in a frozen list, each with the proof that it is there, by index; the cursor is the
 * index. Reads the chunks in which they stand, and never the whole list. Empty until the list is counted.
 */
export async function ownProofs(
  { db }: Pick<Deps, 'db'>,
  lottery: Lottery,
  memberId: string,
  page: PageRequest,
): Promise<Page<ListedTicket>> {
  if (lottery.root === null || lottery.ticketCount === 0) return { items: [], hasNextPage: false };
  const grants: ListedGrant[] = await db.query(
    `SELECT id, member_id AS memberId, tickets FROM lottery_grant
     WHERE member_id = ? AND lottery_id = ? AND left_out IS NULL ORDER BY id`,
    [memberId, lottery.id],
  );
  const list = await listOf(db, lottery);
  const after = page.after === undefined ? -1 : Number(page.after);
  const wanted: number[] = [];
  for (const grant of grants) {
    if (wanted.length > page.first) break;
    wanted.push(...(await indicesOf(db.manager, list, grant)).filter((index) => index > after));
  }
  return pageOf(await ticketsAt(db.manager, list, wanted.slice(0, page.first + 1)), page);
}

function listOf(db: Deps['db'], lottery: Lottery): Promise<TicketList> {
  const lists = kept.get(db) ?? new Map<string, Promise<TicketList>>();
  kept.set(db, lists);
  const opened = lists.get(lottery.id) ?? openTicketList(db.manager, lottery);
  lists.delete(lottery.id);
  lists.set(lottery.id, opened);
  opened.catch(() => lists.delete(lottery.id));
  if (lists.size > LISTS_KEPT) lists.delete(lists.keys().next().value!);
  return opened;
}
