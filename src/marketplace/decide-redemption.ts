import type { Book } from '../ledger/book.ts';
import { addDays, beijingDay, beijingMonth, endOfDay } from '../platform/clock.ts';
import { points } from '../platform/points.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import type { ProgrammeTerms, Standing } from '../unions/standing.ts';
import type { CodeSource } from './offer.entity.ts';
import { type Eligibility, isEligible } from './offers/eligibility.ts';
import {
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
  useUntil: string | null;
  useDays: number | null;
  codeSource: CodeSource;
  /**
   * 1 when the offer is on sale and its merchant active and under contract today, else 0; whether the sale is open now is
   * another matter.
   */
  isOnSale: number;
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

/** All that a batch of redemptions has locked and read; deciding changes it, so that each sees those before it. */
export interface Market {
  now: Date;
  offers: ReadonlyMap<string, SoldOffer>;
  programmes: ReadonlyMap<string, ProgrammeTerms>;
  members: ReadonlyMap<string, Standing>;
  book: Book;
  /** The tags of members who ask for an offer that wants some. */
  tags: ReadonlyMap<string, readonly string[]>;
  stock: Map<string, Stock>;
  /** The limit slots that are taken, under "member offer period". */
  slots: Map<string, Set<number>>;
}

/** The stretch of time that a limit counts in: "ever", "2026-08", "2026-08-15". */
export function limitPeriod(offer: Pick<SoldOffer, 'limitPeriod'>, now: Date): string {
  if (offer.limitPeriod === 'month') return beijingMonth(now);
  return offer.limitPeriod === 'day' ? beijingDay(now) : 'ever';
}

/** The instant at which a voucher bought now lapses: the earlier of the offer's own last day and so many days from today, today being the first. */
export function validUntil(offer: Pick<SoldOffer, 'useUntil' | 'useDays'>, now: Date): Date {
  const days = [offer.useUntil, offer.useDays && addDays(beijingDay(now), offer.useDays - 1)];
  return endOfDay(days.filter((day) => typeof day === 'string').sort()[0]!);
}

/**
 * Decides one redemption in memory. Refusals: OFFER_UNKNOWN, MEMBER_NOT_ACTIVE, NOT_ELIGIBLE, OFFER_NOT_ON_SALE,
 * SALE_NOT_OPEN, SALE_OVER, LIMIT_REACHED, SOLD_OUT, NOT_ENOUGH_POINTS.
 */
export function decideRedemption(
  market: Market,
  { id, memberId, offerId }: { id: string; memberId: string; offerId: string },
): Result<Redeemed> {
  const { now } = market;
  const offer = market.offers.get(offerId);
  const member = market.members.get(memberId);
  const programme = offer && market.programmes.get(offer.programmeId);
  if (!offer || !member || !programme || !member.unionPath.startsWith(programme.unionPath)) return refuse(offerUnknown);
  if (member.state !== 'active') return refuse(memberNotActive);
  if (!isEligible(offer, member.unionPath, market.tags.get(memberId) ?? [])) return refuse(notEligible);
  if (!offer.isOnSale) return refuse(offerNotOnSale);
  if (now < offer.saleFrom) return refuse(saleNotOpen(offer.saleFrom));
  if (now >= offer.saleTo) return refuse(saleOver);
  const period = limitPeriod(offer, now);
  const taken = market.slots.get(`${memberId} ${offerId} ${period}`) ?? new Set();
  const slot = offer.limitCount === null ? null : freeSlot(taken, offer.limitCount);
  if (slot === undefined) return refuse(limitReached(offer.limitCount!, offer.limitPeriod));
  const stock = market.stock.get(offerId);
  if (!stock || stock.remaining < 1) return refuse(soldOut);
  const paid = pay(market.book, offer, memberId, id);
  if (!paid.ok) return paid;
  stock.remaining -= 1;
  stock.isChanged = true;
  if (slot !== null) market.slots.set(`${memberId} ${offerId} ${period}`, new Set(taken).add(slot));
  return accept({
    id,
    offer,
    memberId,
    limitPeriod: period,
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

function freeSlot(taken: ReadonlySet<number>, count: number): number | undefined {
  for (let slot = 1; slot <= count; slot++) if (!taken.has(slot)) return slot;
  return undefined;
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
