import type { DataSource } from 'typeorm';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Tracer } from './tracing/tracer.ts';

/** What use cases and jobs need from the process that they run in. */
export interface Deps {
  config: Config;
  db: DataSource;
  clock: Clock;
  log: Log;
  /** Where spans go; undefined in a process that traces nothing. */
  tracer?: Tracer;
}

// A class, and the log behind a getter, because every request makes one and few of them log: this takes a hundredth of
// the time of an object with a child log. Spread it and the log is gone.
class DepsAbout implements Deps {
  readonly config: Config;
  readonly db: DataSource;
  readonly clock: Clock;
  readonly tracer: Tracer | undefined;
  private ownLog: Log | undefined;

  constructor(
    readonly process: Deps,
    private readonly about: Record<string, unknown>,
  ) {
    this.config = process.config;
    this.db = process.db;
    this.clock = process.clock;
    this.tracer = process.tracer;
  }

  get log(): Log {
    this.ownLog ??= this.process.log.child(this.about);
    return this.ownLog;
  }
}

/** The deps of a process for one request or job: each line of their log says what it belongs to. */
export function depsAbout(process: Deps, about: Record<string, unknown>): Deps {
  return new DepsAbout(process, about);
}

/** The deps of the whole process behind those of a request or job: what many of them share is kept under these. */
export function processDeps(deps: Deps): Deps {
  return deps instanceof DepsAbout ? deps.process : deps;
}
