/** The processes of the program: two that serve, two that do jobs, each of which may be killed, and is started again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverEnvironment } from '../bench/setting.ts';
import { freePort } from '../support/port.ts';
import { type Machine, type Program, startProgram, tail, until } from './machine.ts';
import { DATABASE } from './mariadb.ts';

export interface Process {
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Sets its clock so many milliseconds ahead of, or behind, the machine's. */
  moveClock(milliseconds: number): void;
}

export interface ProgramSetting {
  databaseUrl: string;
  redisUrl: string;
  standbys?: string;
}

export interface Api extends Process {
  origin: string;
}

/** An API process; it serves when it is ready, and not merely when it listens. */
export async function makeApi(machine: Machine, number: number, setting: ProgramSetting): Promise<Api> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  return { ...make(machine, `api-${number}`, 'src/main.ts', setting, 'PORT', port), origin };
}

/** A job process. */
export async function makeJobs(machine: Machine, number: number, setting: ProgramSetting): Promise<Process> {
  const port = await freePort();
  return make(machine, `jobs-${number}`, 'workers/main.ts', setting, 'WORKER_PORT', port);
}

function make(
  machine: Machine,
  name: string,
  file: string,
  setting: ProgramSetting,
  portName: string,
  port: number,
): Process {
  const log = join(machine.folder, `${name}.log`);
  const clock = join(machine.folder, `${name}.clock`);
  const env = {
    ...serverEnvironment(DATABASE),
    DATABASE_URL: setting.databaseUrl,
    DATABASE_STANDBYS: setting.standbys ?? '',
    REDIS_URL: setting.redisUrl,
    STORAGE_DIR: machine.folder,
    CHAOS_CLOCK_FILE: clock,
    [portName]: String(port),
  };
  const args = ['--import', 'tsx', '--import', './test/chaos/moved-clock.ts', file];
  let program: Program | undefined;
  const start = async () => {
    // While its database or Redis is away a process does not start, and whoever looks after it tries again.
    program = undefined;
    await until(`${name} is ready`, async () => {
      if (!program || program.hasEnded()) program = startProgram(machine, args, env, log);
      return isReady(port);
    }).catch((error: Error) => {
      throw new Error(`${error.message}\n${tail(log)}`);
    });
  };
  return {
    start,
    kill: async () => program?.kill(),
    moveClock: (milliseconds) => writeFileSync(clock, String(milliseconds)),
  };
}

async function isReady(port: number): Promise<boolean> {
  try {
    const { status } = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) });
    return status === 200;
  } catch {
    return false;
  }
}
