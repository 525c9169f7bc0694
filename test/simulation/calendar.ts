import type { Random } from './random.ts';

const DAY_MS = 86_400_000;

/** The day on which a run begins: the State Council's holidays of the year that follows are known. */
export const BEGIN = Date.parse('2025-01-02T02:00:00.000Z');

/** What a month has that no run should miss, as day and time in Beijing. */
const LANDMARKS = [
  // The lottery is frozen, drawn, and its parties have revealed.
  '01T09:00:20',
  '01T10:00:20',
  '01T10:20:00',
  // The month before is closed.
  '03T01:10:00',
  '05T12:00:00',
  '09T12:00:00',
  // The treat opens; its vouchers lapse.
  '15T10:00:00',
  '15T16:00:00',
  '16T00:10:00',
  // The next lottery opens; tickets are bought.
  '22T09:10:00',
  '24T20:00:00',
];

/** How many months a run of so many batches lasts: a year, or as many as the batches can visit. */
export function monthsFor(batches: number): number {
  return Math.min(12, Math.max(2, Math.floor(batches / 20)));
}

/**
 * When the batches of a run take place: at the landmarks of each month and at any other time, in bursts of seconds and
 * minutes, so that what lives for a minute is met alive and dead.
 */
export function instants(random: Random, batches: number): Date[] {
  const months = monthsFor(batches);
  const days = months * 30.4;
  const times = landmarks(months);
  while (times.length < batches / 2) times.push(BEGIN + random.below(days * DAY_MS));
  times.sort((a, b) => a - b);
  const follow = times.map(() => 0);
  for (let left = batches - times.length; left > 0; left--) follow[random.below(times.length)]! += 1;
  const found: number[] = [];
  for (const [i, time] of times.entries()) {
    let now = Math.max(time, found.at(-1) ?? 0);
    found.push(now);
    for (let more = follow[i]!; more > 0; more--) {
      now += random.between(1, random.chance(0.2) ? 400 : 70) * 1000;
      found.push(now);
    }
  }
  return found.slice(0, batches).map((time) => new Date(time));
}

function landmarks(months: number): number[] {
  return Array.from({ length: months }, (_, month) =>
    LANDMARKS.map((mark) => {
      const [day, time] = mark.split('T') as [string, string];
      const first = new Date(Date.UTC(2025, month, 1)).toISOString().slice(0, 8);
      return Date.parse(`${first}${day}T${time}+08:00`);
    }),
  )
    .flat()
    .filter((time) => time > BEGIN);
}

/** The month so many months after the one in which a run begins, "2025-03" for 2. */
export function monthNumber(number: number): string {
  return new Date(Date.UTC(2025, number, 1)).toISOString().slice(0, 7);
}

/** The number of the month in which an instant lies, by Beijing's clock. */
export function numberOfMonth(instant: Date): number {
  const beijing = new Date(instant.getTime() + 8 * 3_600_000);
  return (beijing.getUTCFullYear() - 2025) * 12 + beijing.getUTCMonth();
}
