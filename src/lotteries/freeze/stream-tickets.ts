import type { EntityManager } from 'typeorm';
import { holderOf, type Ticket, ticketName } from '../proof/ticket.ts';

const GRANTS_AT_ONCE = 5000;

/** A grant whose tickets take part. */
export interface ListedGrant {
  id: string;
  memberId: string;
  tickets: number;
}

/**
 * The grants that take part in a lottery, in the order of the frozen list, page by page. While one page is worked on the
 * next is on its way, and no more than these two are in memory.
 */
export async function* listedGrants(db: EntityManager, lotteryId: string): AsyncGenerator<ListedGrant[]> {
  const read = (after: string): Promise<ListedGrant[]> =>
    db.query(
      `SELECT id, member_id AS memberId, tickets FROM lottery_grant
       WHERE lottery_id = ? AND id > ? AND left_out IS NULL ORDER BY id LIMIT ?`,
      [lotteryId, after, GRANTS_AT_ONCE],
    );
  let page = await read('');
  while (page.length > 0) {
    const next = page.length < GRANTS_AT_ONCE ? Promise.resolve([]) : read(page.at(-1)!.id);
    // Whoever works on this page may throw before the next is awaited.
    next.catch(() => {});
    yield page;
    page = await next;
  }
}

/** The tickets of grants, in the order of the list. */
export function* ticketsOf(lotteryId: string, grants: readonly ListedGrant[]): Generator<Ticket, void> {
  for (const { id, memberId, tickets } of grants) {
    const holder = holderOf(lotteryId, memberId);
    for (let k = 1; k <= tickets; k++) yield { ticket: ticketName(id, k), holder };
  }
}
