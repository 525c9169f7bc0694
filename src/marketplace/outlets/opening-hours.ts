import { accept, type Result, refuse } from '../../platform/result.ts';
import { hoursMalformed, hoursOverlap, MOST_OPENINGS, tooManyHours } from './refusals.ts';

/** One stretch of a weekday (1 is Monday) in which an outlet is open, in the minutes of Beijing’s clock. */
export interface Opening {
  weekday: number;
  /** From the midnight with which the weekday begins: 0 to 1439. */
  opens: number;
  /** Likewise, not included; past 1440 it is the next day already. */
  closes: number;
}

/** An opening as people write it, "09:00" to "21:00"; one that closes at or before it opens closes on the next day. */
export interface OpeningText {
  weekday: number;
  opens: string;
  closes: string;
}

const DAY = 1440;
const WEEK = 7 * DAY;

/**
 * Reads the opening hours of a week, in the order of the week. Refusals: HOURS_OUT_OF_RANGE, HOURS_MALFORMED,
 * HOURS_OVERLAP (`at` is the opening that is wrong).
 */
export function readHours(texts: readonly OpeningText[]): Result<Opening[]> {
  if (texts.length > MOST_OPENINGS) return refuse(tooManyHours);
  const openings: (Opening & { place: number })[] = [];
  for (const [place, { weekday, opens: from, closes: until }] of texts.entries()) {
    const [opens, end] = [minutes(from), minutes(until)];
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7)
      return refuse(hoursMalformed(`hours.${place}.weekday`));
    if (opens === undefined || opens === DAY) return refuse(hoursMalformed(`hours.${place}.opens`));
    if (end === undefined) return refuse(hoursMalformed(`hours.${place}.closes`));
    openings.push({ weekday, opens, closes: end > opens ? end : end + DAY, place });
  }
  openings.sort((a, b) => start(a) - start(b));
  for (const [i, opening] of openings.entries()) {
    const next = openings[i + 1];
    const end = start(opening) + opening.closes - opening.opens;
    if (next && end > start(next)) return refuse(hoursOverlap(`hours.${next.place}`));
    if (!next && end > start(openings[0]!) + WEEK) return refuse(hoursOverlap(`hours.${openings[0]!.place}`));
  }
  return accept(openings.map(({ weekday, opens, closes }) => ({ weekday, opens, closes })));
}

/** An opening as people write it. */
export function openingText({ weekday, opens, closes }: Opening): OpeningText {
  return { weekday, opens: clock(opens), closes: clock(closes > DAY ? closes - DAY : closes) };
}

/** Whether an outlet with these hours is open at an instant; null when its hours are not known. */
export function isOpenAt(openings: readonly Opening[], now: Date): boolean | null {
  if (openings.length === 0) return null;
  const minute = minuteOfWeek(now);
  return openings.some((opening) => {
    const since = (minute - start(opening) + WEEK) % WEEK;
    return since < opening.closes - opening.opens;
  });
}

/** Minutes since the Monday midnight of Beijing’s week, which keeps one zone all year. */
function minuteOfWeek(now: Date): number {
  const sinceEpoch = Math.floor(now.getTime() / 60_000) + 8 * 60;
  // 1970-01-01 was a Thursday, three days into its week.
  return (sinceEpoch + 3 * DAY) % WEEK;
}

function start({ weekday, opens }: Opening): number {
  return (weekday - 1) * DAY + opens;
}

function minutes(text: string): number | undefined {
  const [, hour, minute] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  const total = Number(hour) * 60 + Number(minute);
  return total <= DAY ? total : undefined;
}

function clock(total: number): string {
  const [hour, minute] = [Math.floor(total / 60), total % 60];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
