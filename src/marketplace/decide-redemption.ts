import type { Book } from '../ledger/book.ts';
import { addDays, beijingDay, beijingMonth, endOfDay } from '../platform/clock.ts';
import { points } from '../platform/points.ts';
import { accept, type Refusal, type Result, refuse } from '../platform/result.ts';
import type { ProgrammeTerms, Standing } from '../unions/standing.ts';
import type { CodeSource } from './offer.entity.ts';
import { type Eligibility, isEligible } from './offers/eligibility.ts';
import {
  limitOfGroupReached,
  limitReached,
  memberNotActive,
  notEligible,
  offerNotOnSale,
  offerUnknown,
  saleNotOpen,
  saleOver,
  soldOut,
} from './refusals-redemption.ts';
import type { Stock } from './releases/stock.ts';

/** What a redemption needs to know of its offer. */
export interface SoldOffer extends Eligibility {
  id: string;
  programmeId: string;
  merchantId: string;
  price: number;
  saleFrom: Date;
  saleTo: Date;
  limitCount: number | null;
  limitPeriod: 'ever' | 'month' | 'day';
  /** What the limit is counted under: the offer's own id, or what all offers name that share one limit. */
  limitGroup: string;
  useUntil: string | null;
  useDays: number | null;
  codeSource: CodeSource;
  /**
   * 1 when the offer is on sale and its merchant active and under contract today, else 0; whether the sale is open now is
   * another matter.
   */
  isOnSale: number;
  /** 1 when pieces were left as the offer was read, with what is released by now, else 0; nothing is locked by it. */
  isLeft: number;
}

/** A redemption that was accepted: the rows to write. */
export interface Redeemed {
  id: string;
  offer: SoldOffer;
  memberId: string;
  limitPeriod: string;
  limitSlot: number | null;
  transferId: string | null;
  validUntil: Date;
  /** Which code of the offer's pool it gets; null where the code is made here. */
  codeNumber: number | null;
}

/** What is asked: a piece of an offer, for a member. */
export interface Asked {
  memberId: string;
  offerId: string;
}

/** What a batch of redemptions has read and not locked: who asks, and for what. */
export interface Sight {
  now: Date;
  offers: ReadonlyMap<string, SoldOffer>;
  programmes: ReadonlyMap<string, ProgrammeTerms>;
  members: ReadonlyMap<string, Standing>;
  /** The tags of members who ask for an offer that wants some. */
  tags: ReadonlyMap<string, readonly string[]>;
}

/** The limit slots that are taken, by slotsKey. */
export type TakenSlots = Map<string, Set<number>>;

/** What is sold and who buys, with all that is locked; deciding changes it, so that each sees those before it. */
export interface Market extends Sight {
  book: Book;
  stock: Map<string, Stock>;
  slots: TakenSlots;
}

/** The stretch of time that a limit counts in: "ever", "2026-08", "2026-08-15". */
export function limitPeriod(offer: Pick<SoldOffer, 'limitPeriod'>, now: Date): string {
  if (offer.limitPeriod === 'month') return beijingMonth(now);
  return offer.limitPeriod === 'day' ? beijingDay(now) : 'ever';
}

/** Under what the slots stand that a member has taken of an offer's limit: "member group period". */
export function slotsKey(memberId: string, offer: SoldOffer, now: Date): string {
  return `${memberId} ${offer.limitGroup} ${limitPeriod(offer, now)}`;
}

/** The instant at which a voucher bought now lapses: the earlier of the offer's own last day and so many days from today, today being the first. */
export function validUntil(offer: Pick<SoldOffer, 'useUntil' | 'useDays'>, now: Date): Date {
  const days = [offer.useUntil, offer.useDays && addDays(beijingDay(now), offer.useDays - 1)];
  return endOfDay(days.filter((day) => typeof day === 'string').sort()[0]!);
}

/**
 * Why a redemption is refused whatever is left of the offer, or undefined. Refusals: OFFER_UNKNOWN, MEMBER_NOT_ACTIVE,
 * NOT_ELIGIBLE, OFFER_NOT_ON_SALE, SALE_NOT_OPEN, SALE_OVER.
 */
export function refusalAtSight(sight: Sight, { memberId, offerId }: Asked): Refusal | undefined {
  const { now } = sight;
  const offer = sight.offers.get(offerId);
  const member = sight.members.get(memberId);
  const programme = offer && sight.programmes.get(offer.programmeId);
  if (!offer || !member || !programme || !member.unionPath.startsWith(programme.unionPath)) return offerUnknown;
  if (member.state !== 'active') return memberNotActive;
  if (!isEligible(offer, member.unionPath, sight.tags.get(memberId) ?? [])) return notEligible;
  if (!offer.isOnSale) return offerNotOnSale;
  if (now < offer.saleFrom) return saleNotOpen(offer.saleFrom);
  return now >= offer.saleTo ? saleOver : undefined;
}

/** What is said of an offer of which nothing is left: LIMIT_REACHED to who has had hers, else SOLD_OUT. */
export function refusalOfSoldOut({ now, offers }: Sight, slots: TakenSlots, { memberId, offerId }: Asked): Refusal {
  const offer = offers.get(offerId)!;
  const slot = freeSlot(offer, slots.get(slotsKey(memberId, offer, now)));
  return slot === undefined ? limitRefusal(offer) : soldOut;
}

/**
 * Decides one redemption in memory. Refusals: those of refusalAtSight, LIMIT_REACHED, SOLD_OUT, NOT_ENOUGH_POINTS.
 */
export function decideRedemption(market: Market, { id, ...asked }: Asked & { id: string }): Result<Redeemed> {
  const no = refusalAtSight(market, asked);
  if (no) return refuse(no);
  const { now } = market;
  const { memberId, offerId } = asked;
  const offer = market.offers.get(offerId)!;
  const key = slotsKey(memberId, offer, now);
  const taken = market.slots.get(key);
  const slot = freeSlot(offer, taken);
  if (slot === undefined) return refuse(limitRefusal(offer));
  const stock = market.stock.get(offerId);
  if (!stock || stock.remaining < 1) return refuse(soldOut);
  const paid = pay(market.book, offer, memberId, id);
  if (!paid.ok) return paid;
  stock.remaining -= 1;
  stock.isChanged = true;
  if (slot !== null) market.slots.set(key, new Set(taken).add(slot));
  return accept({
    id,
    offer,
    memberId,
    limitPeriod: limitPeriod(offer, now),
    limitSlot: slot,
    transferId: paid.value,
    validUntil: validUntil(offer, now),
    codeNumber: nextCode(offer, stock),
  });
}

/** Codes are numbered from 1 without a gap, and the stock of a pool are those that are left: there is a next one. */
function nextCode({ codeSource }: SoldOffer, stock: Stock): number | null {
  if (codeSource === 'made') return null;
  stock.codesTaken += 1;
  return stock.codesTaken;
}

/** The first slot of the offer's limit that a member has free; null without a limit, undefined when none is. */
function freeSlot({ limitCount }: SoldOffer, taken?: ReadonlySet<number>): number | null | undefined {
  if (limitCount === null) return null;
  for (let slot = 1; slot <= limitCount; slot++) if (!taken?.has(slot)) return slot;
  return undefined;
}

function limitRefusal({ id, limitGroup, limitCount, limitPeriod }: SoldOffer): Refusal {
  return limitGroup === id ? limitReached(limitCount!, limitPeriod) : limitOfGroupReached(limitCount!);
}

/** The points go to the programme's vouchers account and wait there until the voucher is used, cancelled or lapsed. A gift moves none. */
function pay(book: Book, offer: SoldOffer, memberId: string, id: string): Result<string | null> {
  if (offer.price === 0) return accept(null);
  const posted = book.post({
    programmeId: offer.programmeId,
    kind: 'redemption',
    debit: { kind: 'member', ownerId: memberId },
    credit: { kind: 'vouchers', ownerId: offer.programmeId },
    points: points(offer.price),
    key: `redemption:${id}`,
    causeId: id,
  });
  return posted.ok ? accept(posted.value.transferId) : posted;
}
