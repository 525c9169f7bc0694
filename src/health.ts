import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { outboxAges } from './platform/db/outbox-backlog.ts';
import type { Deps } from './platform/deps.ts';
import { BEAT_MS, readHeartbeat } from './platform/heartbeat.ts';
import { queuePrefix } from './platform/queue.ts';

const MIGRATIONS = new URL('../migrations/', import.meta.url);
const STALE_SECONDS = (3 * BEAT_MS) / 1000;
/** Seconds within which work is on its way to a queue, and within which it is usually done. */
const UNSENT_SECONDS = 60;
const UNDONE_SECONDS = 900;

/** How a process does. */
export interface Health {
  /** Whether it can do its work: the status is 200 or 503 by it. */
  ready: boolean;
  /** "degraded": it works, and something that it works with does not. */
  state: 'ok' | 'degraded' | 'not ready' | 'closing';
  /** "ok", or what is wrong, in a sentence for an operator. */
  checks: Record<string, string>;
}

/** One thing to look at. */
interface Check {
  name: string;
  /** Whether the process is of no use without it. */
  needed: boolean;
  patienceMs: number;
  /** Resolves with "ok" or with what is wrong. */
  look(): Promise<string>;
}

/**
 * What the API looks at. It is not ready without its database in the form that this version wants. Without Redis or the
 * job process it serves all the same: what is to be done later waits in the database. So these are told and turn nobody
 * away; else one Redis that is away would take every API out of its balancer at once.
 */
export function apiChecks(deps: Deps, redis: Redis): Check[] {
  return [...databaseChecks(deps), redisCheck(redis, false), ...jobChecks(deps, redis)];
}

/** What the job process looks at: it does need Redis. */
export function workerChecks(deps: Deps, redis: Redis): Check[] {
  return [...databaseChecks(deps), redisCheck(redis, true), ...jobChecks(deps, redis)];
}

function databaseChecks({ db }: Deps): Check[] {
  return [
    { name: 'database', needed: true, patienceMs: 2_000, look: () => db.query('SELECT 1').then(() => 'ok') },
    { name: 'migrations', needed: true, patienceMs: 2_000, look: () => migrationState(db) },
  ];
}

function redisCheck(redis: Redis, needed: boolean): Check {
  return { name: 'redis', needed, patienceMs: 1_000, look: () => connected(redis).then(() => 'ok') };
}

function jobChecks(deps: Deps, redis: Redis): Check[] {
  const prefix = queuePrefix(deps.config.databaseUrl);
  return [
    { name: 'queue', needed: false, patienceMs: 2_000, look: () => queueState(deps) },
    { name: 'jobs', needed: false, patienceMs: 1_000, look: () => jobProcessState(redis, prefix) },
  ];
}

/** Looks at everything at once, each with its own patience. */
export async function health(checks: readonly Check[]): Promise<Health> {
  const said = await Promise.all(checks.map(verdict));
  const bad = checks.filter((_, i) => said[i] !== 'ok');
  const ready = !bad.some(({ needed }) => needed);
  return {
    ready,
    state: bad.length === 0 ? 'ok' : ready ? 'degraded' : 'not ready',
    checks: Object.fromEntries(checks.map(({ name }, i) => [name, said[i]!])),
  };
}

const looking = new WeakMap<Check, Promise<string>>();

async function verdict(check: Check): Promise<string> {
  // One look at a time, lest whoever asks again and again fills the pool while the database does not answer.
  let look = looking.get(check);
  if (!look) {
    look = check.look().catch((error) => {
      return error instanceof Trouble ? error.message : `does not answer (${error.code ?? error.name})`;
    });
    looking.set(check, look);
    void look.finally(() => looking.delete(check));
  }
  const late = pause(check.patienceMs, `no answer within ${check.patienceMs} ms`, { ref: false });
  return Promise.race([look, late]);
}

/** What is wrong, where the words for it are known. */
class Trouble extends Error {}

/** Throws where a command would wait for the connection to come back. */
async function connected(redis: Redis): Promise<void> {
  if (redis.status !== 'ready') throw new Trouble(`is not connected (${redis.status})`);
  await redis.ping();
}

async function migrationState(db: DataSource): Promise<string> {
  const [wanted, rows] = await Promise.all([
    migrationTimes(),
    db.query('SELECT timestamp FROM schema_migration') as Promise<{ timestamp: number | string }[]>,
  ]);
  const done = new Set(rows.map((row) => Number(row.timestamp)));
  const missing = wanted.filter((time) => !done.has(time)).length;
  return missing === 0 ? 'ok' : `${missing} migrations are not done: run npm run migrate`;
}

/** The time in a migration's file name is the one that TypeORM keeps of it. */
async function migrationTimes(): Promise<number[]> {
  const files = await readdir(MIGRATIONS);
  return files.filter((file) => file.endsWith('.ts')).map((file) => Number.parseInt(file, 10));
}

async function queueState(deps: Deps): Promise<string> {
  const { unsent, undone } = await outboxAges(deps);
  if (unsent > UNSENT_SECONDS) return `work has waited for ${Math.round(unsent)} s to be put into a queue`;
  if (undone > UNDONE_SECONDS) return `work has not been done for ${Math.round(undone)} s`;
  return 'ok';
}

async function jobProcessState(redis: Redis, prefix: string): Promise<string> {
  await connected(redis);
  const heard = await readHeartbeat(redis, prefix);
  if (!heard) return 'no job process has given a sign of life';
  return heard.ageSeconds <= STALE_SECONDS
    ? 'ok'
    : `no job process has given a sign of life for ${Math.round(heard.ageSeconds)} s`;
}

/** The addresses at which a process tells how it does. */
export interface HealthRoutes {
  /** From now on /readyz says 503, so that a balancer sends nothing new. */
  closing(): void;
}

/** Adds /livez (the process answers) and /readyz (see `health`) to an app. */
export function addHealth(app: FastifyInstance, checks: readonly Check[]): HealthRoutes {
  let closing = false;
  app.get('/livez', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const found = await health(checks);
    const told: Health = closing ? { ...found, ready: false, state: 'closing' } : found;
    return reply.code(told.ready ? 200 : 503).send(told);
  });
  return {
    closing: () => {
      closing = true;
    },
  };
}
