import type { DataSource } from 'typeorm';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';

/** What use cases and jobs need from the process that they run in. */
export interface Deps {
  config: Config;
  db: DataSource;
  clock: Clock;
  log: Log;
}
