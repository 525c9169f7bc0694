import { isLeapYear } from '../platform/clock.ts';
import type { CapPeriod } from './definition.ts';

/** The first and the last Beijing day of the period in which a day lies; `ever` has all days. */
export function periodOf(period: CapPeriod, day: string): { from: string; until: string } {
  switch (period) {
    case 'day':
      return { from: day, until: day };
    case 'month':
      return monthOf(day);
    case 'quarter':
      return quarterOf(day);
    case 'year':
      return { from: `${day.slice(0, 4)}-01-01`, until: `${day.slice(0, 4)}-12-31` };
    case 'ever':
      return { from: '1000-01-01', until: '9999-12-31' };
  }
}

// By text and not by Date, because every award of a rule with caps comes by here.
const LAST_DAYS = ['31', '28', '31', '30', '31', '30', '31', '31', '30', '31', '30', '31'];

function monthOf(day: string) {
  const month = day.slice(0, 8);
  const number = Number(day.slice(5, 7));
  const last = number === 2 && isLeapYear(Number(day.slice(0, 4))) ? '29' : LAST_DAYS[number - 1]!;
  return { from: `${month}01`, until: `${month}${last}` };
}

const QUARTERS = [
  ['01-01', '03-31'],
  ['04-01', '06-30'],
  ['07-01', '09-30'],
  ['10-01', '12-31'],
] as const;

function quarterOf(day: string) {
  const [first, last] = QUARTERS[Math.floor((Number(day.slice(5, 7)) - 1) / 3)]!;
  return { from: `${day.slice(0, 5)}${first}`, until: `${day.slice(0, 5)}${last}` };
}
