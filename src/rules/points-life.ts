import { addDays, beijingDay, endOfDay } from '../platform/clock.ts';
import type { PointsLife } from './definition.ts';

/**
 * When points that are paid now expire: after so many Beijing days, today being the first, or at the end of a year.
 * `programmeDays` is what the programme lays down.
 */
export function expiryOf(life: PointsLife, programmeDays: number, now: Date): Date {
  const today = beijingDay(now);
  if (life.kind === 'year_end') return endOfDay(`${Number(today.slice(0, 4)) + life.yearsAhead}-12-31`);
  return endOfDay(addDays(today, (life.kind === 'days' ? life.days : programmeDays) - 1));
}
