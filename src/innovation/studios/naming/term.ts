import { addDays, type BeijingDay } from '../../../platform/clock.ts';

/** How long before the end of a term its renewal can be applied for. */
const RENEWABLE_MONTHS = 6;

/** The day so many months later, or earlier when negative; where that month is too short, its last day. */
export function addMonths(day: BeijingDay, months: number): BeijingDay {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
}

/** The last day of a term of so many months that begins on a day. */
export function lastDayOfTerm(from: BeijingDay, months: number): BeijingDay {
  return addDays(addMonths(from, months), -1);
}

/** The first day on which the renewal of a name can be applied for that ends on a day: half a year before. */
export function renewableFrom(endsOn: BeijingDay): BeijingDay {
  return addMonths(endsOn, -RENEWABLE_MONTHS);
}
