import { addDays, type BeijingDay, beijingMonth, startOfDay } from '../../platform/clock.ts';

/** A month of the Chinese calendar of business, "2026-08". */
export type BeijingMonth = string;

/** On which day of the next month a programme settles that has not said otherwise. */
export const USUAL_SETTLEMENT_DAY = 3;

// What was posted in the last second of a month is committed and sealed long before.
const MARGIN_MS = 3_600_000;

export function nextMonth(month: BeijingMonth): BeijingMonth {
  return addDays(firstDay(month), 31).slice(0, 7);
}

export function monthBefore(month: BeijingMonth): BeijingMonth {
  return addDays(firstDay(month), -1).slice(0, 7);
}

export function firstDay(month: BeijingMonth): BeijingDay {
  return `${month}-01`;
}

export function lastDay(month: BeijingMonth): BeijingDay {
  return addDays(firstDay(nextMonth(month)), -1);
}

/** From when a month can be closed: one o'clock in Beijing on the settlement day (1 to 28) of the next month. */
export function dueAt(month: BeijingMonth, settlementDay: number): Date {
  const day = addDays(firstDay(nextMonth(month)), settlementDay - 1);
  return new Date(startOfDay(day).getTime() + MARGIN_MS);
}

/** The last month that can be closed now. */
export function lastDueMonth(settlementDay: number, now: Date): BeijingMonth {
  const past = monthBefore(beijingMonth(now));
  return dueAt(past, settlementDay) <= now ? past : monthBefore(past);
}
