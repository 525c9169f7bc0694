import { type BeijingDay, isLeapYear } from '../../platform/clock.ts';

/** Days from one to another, both inclusive; none when the first is the later one. */
export interface Days {
  from: BeijingDay;
  until: BeijingDay;
}

export const yearOf = (day: BeijingDay): number => Number(day.slice(0, 4));

/**
 * The day of a year on which the years since a date are full. The Civil Code (art. 202) ends a time counted in years on
 * the last day of the month where the month lacks the day itself: what began on 29 February is kept on the 28th.
 */
function dayInYear(date: BeijingDay, year: number): BeijingDay {
  return `${year}-${date.slice(5) === '02-29' && !isLeapYear(year) ? '02-28' : date.slice(5)}`;
}

/** The days of the year, as month × 100 + day, that are kept on this day: one, and 29 February with the 28th. */
export function monthDaysKeptOn(day: BeijingDay): number[] {
  const monthDay = Number(day.slice(5, 7)) * 100 + Number(day.slice(8));
  return monthDay === 228 && !isLeapYear(yearOf(day)) ? [228, 229] : [monthDay];
}

/** The last of these days on which years since a date are full, and how many: 1 or more. */
export function anniversaryWithin(
  date: BeijingDay,
  { from, until }: Days,
): { day: BeijingDay; years: number } | undefined {
  for (let year = yearOf(until); year >= yearOf(from) && year > yearOf(date); year--) {
    const day = dayInYear(date, year);
    if (from <= day && day <= until) return { day, years: year - yearOf(date) };
  }
  return undefined;
}
