import { type BeijingDay, beijingDay } from '../platform/clock.ts';
import type { Points } from '../platform/points.ts';
import type { Refusal } from '../platform/result.ts';
import type { CodeSource, LapsePolicy, LimitPeriod } from './offer.entity.ts';
import { poolForfeits } from './offers/refusals.ts';
import {
  clockMissing,
  LARGEST_LIMIT,
  LARGEST_PRICE,
  LARGEST_USE_DAYS,
  limitOutOfRange,
  priceOutOfRange,
  saleWindow,
  textLength,
  useDaysOutOfRange,
  useUntilTooEarly,
} from './refusals.ts';
import { isText } from './text.ts';

/** What an offer promises; decided while it is a draft. */
export interface OfferTerms {
  title: string;
  description: string;
  price: Points;
  /** It is sold while saleFrom <= now < saleTo. */
  saleFrom: Date;
  saleTo: Date;
  limitCount: number | null;
  limitPeriod: LimitPeriod;
  useUntil: BeijingDay | null;
  useDays: number | null;
  lapsePolicy: LapsePolicy;
  codeSource: CodeSource;
  /** Null for all members of the programme, or 1 to 100 branches. */
  eligibleUnionIds: readonly string[] | null;
  /** Null for no tag, or 1 to 20, of which a member needs one. */
  eligibleTags: readonly string[] | null;
}

const EARLIEST = new Date('2020-01-01T00:00:00.000Z');
const LATEST = new Date('2100-01-01T00:00:00.000Z');

/**
 * What is wrong with the terms of an offer, or undefined. Refusals: TEXT_LENGTH, PRICE_OUT_OF_RANGE, SALE_WINDOW,
 * LIMIT_OUT_OF_RANGE, CLOCK_MISSING, USE_DAYS_OUT_OF_RANGE, USE_UNTIL_TOO_EARLY, POOL_FORFEITS. Who may buy it, see
 * wrongEligibility.
 */
export function wrongTerms(terms: OfferTerms): Refusal | undefined {
  const { title, description, price, saleFrom, saleTo, limitCount, useUntil, useDays } = terms;
  if (!isText(title, 120)) return textLength('title', 120);
  if (!isText(description, 2000)) return textLength('description', 2000);
  if (price < 0 || price > LARGEST_PRICE) return priceOutOfRange;
  if (saleFrom < EARLIEST || saleTo > LATEST || saleFrom >= saleTo) return saleWindow;
  if (limitCount !== null && (limitCount < 1 || limitCount > LARGEST_LIMIT)) return limitOutOfRange;
  if (useUntil === null && useDays === null) return clockMissing;
  if (useDays !== null && (useDays < 1 || useDays > LARGEST_USE_DAYS)) return useDaysOutOfRange;
  if (useUntil !== null && (useUntil < lastDayOfSale(saleTo) || useUntil >= '2100')) return useUntilTooEarly;
  // A code that was shown can be used at the merchant's till without our knowing: its points cannot come back.
  if (terms.codeSource === 'pool' && terms.lapsePolicy !== 'forfeit') return poolForfeits;
  return undefined;
}

// A sale that ends at midnight has its last day before it: saleTo itself is no longer part of the sale.
function lastDayOfSale(saleTo: Date): BeijingDay {
  return beijingDay(new Date(saleTo.getTime() - 1));
}
