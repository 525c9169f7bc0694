/** What every bench is: a name, what it compares, and a run that returns a report. */
import type { Report } from './report.ts';

export interface Bench {
  name: string;
  /** For the list of benches: what is measured against what. */
  about: string;
  /** What bounds it, by its profile: said wherever an aim is missed. */
  limit?: string;
  run(options: Options): Promise<Report>;
}

export interface Options {
  /** How long a round lasts, roughly. */
  seconds: number;
  /** Whether --seconds asked for a shorter run: then data sets are smaller too. */
  short: boolean;
}

/** How many connections the load client keeps busy. */
export const CONNECTIONS = 256;
