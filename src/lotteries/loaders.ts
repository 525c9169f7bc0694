import type DataLoader from 'dataloader';
import type { Offer } from '../marketplace/offer.entity.ts';
import { findOffers } from '../marketplace/offer-queries.ts';
import { byKey } from '../platform/db/loaders.ts';
import type { Deps } from '../platform/deps.ts';
import type { Page, PageRequest } from '../platform/graphql/connection.ts';
import { grantsOfMember, type TicketGrant } from './queries.ts';
import { type LotteryParty, type LotteryPrize, partiesOf, prizesOf, ticketRulesOf } from './set-up/set-up-queries.ts';
import type { TicketRule } from './set-up/terms.ts';
import { NO_TICKETS, type TicketCount, ticketCountsIn } from './tickets/ticket-counts.ts';

/** A lottery's prize table, by the lottery's id, for `loader(context, prizesLoader)`. */
export function prizesLoader({ db }: Deps): DataLoader<string, LotteryPrize[]> {
  return byKey(db.manager, prizesOf, []);
}

/** The rules that give tickets of a lottery, by the lottery's id. */
export function ticketRulesLoader({ db }: Deps): DataLoader<string, TicketRule[]> {
  return byKey(db.manager, ticketRulesOf, []);
}

/** The parties of every draw of a lottery, by the lottery's id. */
export function partiesLoader({ db }: Deps): DataLoader<string, LotteryParty[]> {
  return byKey(db.manager, partiesOf, []);
}

/** Offers by id; null for an id of no offer. */
export function offerLoader({ db }: Deps): DataLoader<string, Offer | null> {
  return byKey(db.manager, async (...asked) => byId(await findOffers(...asked)), null);
}

/** How many tickets a member has in a lottery, by the lottery's id; one loader for each member. */
export function ticketCountLoaders({ db }: Deps): (memberId: string) => DataLoader<string, TicketCount> {
  return remembered(
    (memberId: string) => memberId,
    (memberId) => byKey(db.manager, (manager, ids) => ticketCountsIn(manager, memberId, ids), NO_TICKETS),
  );
}

/** A page of a member's tickets in a lottery, by the lottery's id; one loader for each member and page. */
export function grantsLoaders({ db }: Deps): (wanted: GrantsWanted) => DataLoader<string, Page<TicketGrant>> {
  return remembered(
    ({ memberId, page }: GrantsWanted) => JSON.stringify([memberId, page.first, page.after]),
    ({ memberId, page }) =>
      byKey(db.manager, (manager, ids) => grantsOfMember(manager, memberId, ids, page), {
        items: [],
        hasNextPage: false,
      }),
  );
}

interface GrantsWanted {
  memberId: string;
  page: PageRequest;
}

/** Makes a thing once for each key. */
function remembered<A, T>(keyOf: (asked: A) => string, make: (asked: A) => T): (asked: A) => T {
  const made = new Map<string, T>();
  return (asked) => {
    const key = keyOf(asked);
    const one = made.get(key) ?? make(asked);
    made.set(key, one);
    return one;
  };
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
