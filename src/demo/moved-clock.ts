import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { entities } from '../entities.ts';
import type { Door } from '../identity/caller.ts';
import type { Config } from '../platform/config.ts';
import { createDataSource } from '../platform/db/data-source.ts';
import { withApiAt } from './api-at.ts';
import { accepted, Client } from './client.ts';
import { type HeldJob, holdJobs, letJobsGo } from './hold-jobs.ts';

/** Doors and jobs by a clock that the story moves. It goes on as ours does until it is moved again. */
export interface MovedClock {
  url: string;
  /** The server's database, for what an auditor recomputes from it. */
  db: DataSource;
  now(): Date;
  moveTo(instant: Date): void;
  /** Lets a job of the job process have its turn at this instant. Throws when it fails. */
  turn(job: HeldJob): Promise<void>;
}

/**
 * Has the story played by a clock of its own on the server's database, at doors of their own, while the server is kept
 * from the jobs that would be late by its clock. However it ends, also by Ctrl-C, the server gets them back.
 */
export async function withMovedClock<T>(config: Config, act: (clock: MovedClock) => Promise<T>): Promise<T> {
  const stop = () => void letJobsGo(config).finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  try {
    await holdJobs(config);
    return await openDoors(config, act);
  } finally {
    await letJobsGo(config);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  }
}

async function openDoors<T>(config: Config, act: (clock: MovedClock) => Promise<T>): Promise<T> {
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const moveTo = (instant: Date) => {
    aheadMs = instant.getTime() - Date.now();
  };
  const db = await createDataSource({ url: config.databaseUrl, pool: 4, entities }).initialize();
  const jobs = fork(fileURLToPath(new URL('../../workers/run-at.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const turn = (job: HeldJob) => askForTurn(jobs, job, clock.now());
  try {
    return await withApiAt(config, db, clock, (url) => act({ url, db, now: clock.now, moveTo, turn }));
  } finally {
    if (jobs.connected) jobs.disconnect();
    await db.destroy();
  }
}

async function askForTurn(jobs: ChildProcess, job: HeldJob, at: Date): Promise<void> {
  const ended = new AbortController();
  const answered = once(jobs, 'message', ended);
  const gone = once(jobs, 'exit', ended).then(() => [{ error: 'the process of the jobs has ended' }]);
  jobs.send({ job, at: at.toISOString() });
  try {
    const [{ error }] = (await Promise.race([answered, gone])) as [{ error: string | null }];
    if (error !== null) throw new Error(`${job}: ${error}`);
  } finally {
    for (const one of [answered, gone]) one.catch(() => {});
    ended.abort();
  }
}

/** A member who is signed in by the moved clock. Sign in again once it was moved: tokens live for ten minutes. */
export async function memberAt({ url }: Pick<MovedClock, 'url'>, staffNumber: string): Promise<Client> {
  const member = new Client(url, 'member');
  accepted(await member.signInAsMember(staffNumber));
  return member;
}

/** An admin or a cashier who is signed in by the moved clock. */
export async function operatorAt(
  { url }: Pick<MovedClock, 'url'>,
  door: Exclude<Door, 'member'>,
  login: string,
  password: string,
): Promise<Client> {
  const operator = new Client(url, door);
  accepted(await operator.signIn(login, password));
  return operator;
}
