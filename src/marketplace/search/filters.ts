import type { SqlValue } from '../../platform/db/sql.ts';
import { withinCategory } from '../categories.ts';
import { contractCovers } from '../contracts/contracts.ts';
import type { MerchantCategory } from '../merchant.entity.ts';
import type { Box } from './near.ts';

/** What offers are searched by; what is not given narrows nothing. */
export interface OfferFilters {
  /** Found in the title, the description or the merchant's name, whatever the case of letters. */
  text?: string;
  /** With the categories under it. */
  category?: MerchantCategory;
  lowestPrice?: number;
  highestPrice?: number;
  near?: Box;
}

/** A condition on offer o and merchant m, with its values. */
export type Condition = readonly [sql: string, ...values: (SqlValue | readonly SqlValue[])[]];

/** What an offer must be for members to be able to buy it now or soon: on sale, not over, its merchant under contract. */
export function onSaleConditions(programmeId: string, now: Date): Condition[] {
  const covered = contractCovers('o.programme_id', 'o.merchant_id', now);
  return [
    ["o.programme_id = ? AND o.state = 'on_sale'", programmeId],
    ["o.sale_to > ? AND m.state = 'active'", now],
    [covered.sql, ...covered.values],
  ];
}

/** The conditions of filters, those that cost least first. */
export function filterConditions({ text, category, lowestPrice, highestPrice, near }: OfferFilters): Condition[] {
  const conditions: Condition[] = [];
  if (lowestPrice !== undefined) conditions.push(['o.price >= ?', lowestPrice]);
  if (highestPrice !== undefined) conditions.push(['o.price <= ?', highestPrice]);
  if (category) conditions.push(['m.category IN (?)', withinCategory(category)]);
  if (text !== undefined) {
    const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(['(o.title LIKE ? OR m.name LIKE ? OR o.description LIKE ?)', like, like, like]);
  }
  if (near) conditions.push(withinBox(near));
  return conditions;
}

/** An outlet at which the offer can be used lies in the box, and not in a corner of it beyond the radius. */
function withinBox({ south, north, west, east, latitude, longitude, metres }: Box): Condition {
  return [
    `EXISTS (SELECT 1 FROM offer_outlet used JOIN outlet t ON t.id = used.outlet_id WHERE used.offer_id = o.id
       AND t.latitude BETWEEN ? AND ? AND t.longitude BETWEEN ? AND ?
       AND ST_Distance_Sphere(POINT(t.longitude, t.latitude), POINT(?, ?)) <= ?)`,
    south,
    north,
    west,
    east,
    longitude,
    latitude,
    metres,
  ];
}
