import type { DataSource } from 'typeorm';
import { lastDueMonth, USUAL_SETTLEMENT_DAY } from '../marketplace/settlement/months.ts';
import { type Clock, startOfDay } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { withApiAt } from './api-at.ts';
import type { Client } from './client.ts';

const DAY_MS = 86_400_000;

/** A clock that goes as ours does, in the middle of the last month that can be settled now. */
function clockOfPastMonth(now: Date): Clock {
  const middle = startOfDay(`${lastDueMonth(USUAL_SETTLEMENT_DAY, now)}-15`);
  const backMs = Math.floor((now.getTime() - middle.getTime()) / DAY_MS) * DAY_MS;
  return { now: () => new Date(Date.now() - backMs) };
}

/** An admin at doors of a past month, and what time it is there. */
export interface Past {
  admin: Client;
  clock: Clock;
}

/** Opens the three doors once more, by a clock of a past month, while `act` uses them. It gets their address and their clock. */
export function withPastApi<T>(
  config: Config,
  db: DataSource,
  act: (url: string, clock: Clock) => Promise<T>,
): Promise<T> {
  const clock = clockOfPastMonth(new Date());
  return withApiAt(config, db, clock, (url) => act(url, clock));
}
