import { loadBook } from '../ledger/load-book.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { memberStandings, programmeTerms } from '../unions/standing.ts';
import { tagsOf } from '../unions/tags.ts';
import { type Asked, limitPeriod, type Market, type Sight, slotsKey, type TakenSlots } from './decide-redemption.ts';
import { findSoldOffers } from './offers/find-sold-offers.ts';
import { lockStock } from './releases/stock.ts';

/** Reads, without a lock, what a batch of redemptions asks for and who asks. */
export async function readSight(tx: Tx, commands: readonly Asked[], now: Date): Promise<Sight> {
  const offers = await findSoldOffers(
    tx,
    commands.map((command) => command.offerId),
    now,
  );
  const programmes = await programmeTerms(tx, [...new Set([...offers.values()].map((offer) => offer.programmeId))]);
  const members = await memberStandings(tx, [...new Set(commands.map((command) => command.memberId))]);
  const wantTags = commands.filter(({ offerId }) => offers.get(offerId)?.eligibleTags);
  const tags = await tagsOf(tx, [...new Set(wantTags.map((command) => command.memberId))]);
  return { now, offers, programmes, members, tags };
}

/**
 * Reads and locks what these redemptions touch, none of which `sight` refuses: members' accounts first, then stock, each
 * in the order of ids. A gift moves no points and touches no account.
 */
export async function lockMarket(tx: Tx, sight: Sight, commands: readonly Asked[]): Promise<Market> {
  const accounts = commands.flatMap(({ memberId, offerId }) => {
    const { price, programmeId } = sight.offers.get(offerId)!;
    if (price === 0) return [];
    return [
      { programmeId, ref: { kind: 'member' as const, ownerId: memberId } },
      { programmeId, ref: { kind: 'vouchers' as const, ownerId: programmeId } },
    ];
  });
  const book = await loadBook(tx, { accounts, keys: [] }, sight.now);
  const stock = await lockStock(tx, [...new Set(commands.map(({ offerId }) => offerId))], sight.now);
  return { ...sight, book, stock, slots: await readSlots(tx, sight, commands) };
}

/** The slots that these members have taken of the limits of the offers that they ask for. No statement without limits. */
export async function readSlots(tx: Tx, { offers, now }: Sight, commands: readonly Asked[]): Promise<TakenSlots> {
  const limits = new Map<string, [memberId: string, limitGroup: string, limitPeriod: string]>();
  for (const { memberId, offerId } of commands) {
    const offer = offers.get(offerId)!;
    if (offer.limitCount !== null)
      limits.set(slotsKey(memberId, offer, now), [memberId, offer.limitGroup, limitPeriod(offer, now)]);
  }
  const slots: TakenSlots = new Map();
  if (limits.size === 0) return slots;
  const rows: { member_id: string; limit_group: string; limit_period: string; limit_slot: number }[] = await tx.query(
    `SELECT member_id, limit_group, limit_period, limit_slot FROM redemption
     WHERE (member_id, limit_group, limit_period) IN (?) AND limit_slot IS NOT NULL`,
    [[...limits.values()]],
  );
  for (const row of rows) {
    const key = `${row.member_id} ${row.limit_group} ${row.limit_period}`;
    slots.set(key, (slots.get(key) ?? new Set()).add(row.limit_slot));
  }
  return slots;
}
