/** The source of "now" for everything that decides by time. Injected, so that tests and the demo can set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A day of the Chinese calendar of business, "2026-08-15". */
export type BeijingDay = string;

// China has kept one zone without daylight saving since 1991-09-15, long before the first business date here.
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The Beijing day in which an instant lies. */
export function beijingDay(instant: Date): BeijingDay {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The Beijing month in which an instant lies, "2026-08". */
export function beijingMonth(instant: Date): string {
  return beijingDay(instant).slice(0, 7);
}

/** The first instant of a Beijing day. */
export function startOfDay(day: BeijingDay): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - OFFSET_MS);
}

/** The instant at which a Beijing day is over: the first of the next day. What lasts "until the end of the day" lasts while now is before it. */
export function endOfDay(day: BeijingDay): Date {
  return new Date(startOfDay(day).getTime() + DAY_MS);
}

/** The Beijing day so many days later (or earlier, when negative). */
export function addDays(day: BeijingDay, days: number): BeijingDay {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether a text is a day that the calendar has, in the form YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** An instant as people in Beijing write it: "2026-08-15 09:30". */
export function minuteInBeijing(instant: Date): string {
  return new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** The same Beijing day so many years later; for 29 February the 28th where there is none. */
export function sameDayLater(day: BeijingDay, years: number): BeijingDay {
  const later = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
  return isDay(later) ? later : `${later.slice(0, 8)}28`;
}

/** The same hour in Beijing of the same day so many years later. */
export function sameHourLater(instant: Date, years: number): Date {
  const day = beijingDay(instant);
  const ofDay = instant.getTime() - startOfDay(day).getTime();
  return new Date(startOfDay(sameDayLater(day, years)).getTime() + ofDay);
}
