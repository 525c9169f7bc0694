import { endOfDay, startOfDay } from '../../platform/clock.ts';
import type { CounterDay } from '../verification-queries.ts';

/** The rows of one table that belong to a day. The index is named, so that a day never reads the days before it. */
export function ofDay(table: string, at: string, { merchantId, outletId, day }: CounterDay, alias = table) {
  const index = outletId === null ? `${table}_of_merchant` : `${table}_of_outlet`;
  const ofOutlet = outletId === null ? '' : `AND ${alias}.outlet_id = ?`;
  return {
    from: `${table}${alias === table ? '' : ` AS ${alias}`} FORCE INDEX (${index})`,
    where: `${alias}.merchant_id = ? ${ofOutlet} AND ${alias}.${at} >= ? AND ${alias}.${at} < ?`,
    values: [merchantId, ...(outletId === null ? [] : [outletId]), startOfDay(day), endOfDay(day)],
  };
}
