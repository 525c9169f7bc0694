import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { addDays, type BeijingDay } from '../platform/clock.ts';

// The package's data and not its functions: those reckon in the time zone of the machine, and are a day out west of
// Greenwich.
const HOLIDAYS: Readonly<Record<string, string>> = calendar.holidays;
const MAKE_UP_WORKDAYS: Readonly<Record<string, string>> = calendar.workdays;

/**
 * Whether offices in China work on a day: no public holiday, and no weekend unless it makes up for one. In a year whose
 * holidays are not announced yet (see hasCalendar) every Monday to Friday is taken for one.
 */
export function isWorkingDay(day: BeijingDay): boolean {
  if (day in MAKE_UP_WORKDAYS) return true;
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !(day in HOLIDAYS);
}

/** The day itself when it is a working day, else the last one before it. */
export function workingDayOnOrBefore(day: BeijingDay): BeijingDay {
  let found = day;
  while (!isWorkingDay(found)) found = addDays(found, -1);
  return found;
}

/** The n-th working day after a day, itself not counted; the day itself for 0. */
export function addWorkingDays(day: BeijingDay, n: number): BeijingDay {
  let found = day;
  for (let left = n; left > 0; ) {
    found = addDays(found, 1);
    if (isWorkingDay(found)) left -= 1;
  }
  return found;
}

/** Whether the State Council's holidays of a year are known to this version: it announces them in the autumn before. */
export function hasCalendar(year: number): boolean {
  return `${year}-10-01` in HOLIDAYS;
}
