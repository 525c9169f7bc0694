import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';

const MIGRATIONS = new URL('../migrations/', import.meta.url);
const PATIENCE_MS = 2_000;

/** Whether this process can do its work; what it cannot is said in a sentence for an operator. */
export interface Readiness {
  ready: boolean;
  database: string;
  redis: string;
}

/** Asks the database (its migrations too) and Redis. Answers within about two seconds, whatever they do. */
export async function readiness(db: DataSource, redis: Redis): Promise<Readiness> {
  const [database, queue] = await Promise.all([verdict(databaseState(db)), verdict(redisState(redis))]);
  return { ready: database === 'ok' && queue === 'ok', database, redis: queue };
}

async function verdict(question: Promise<string>): Promise<string> {
  const late = pause(PATIENCE_MS, `no answer within ${PATIENCE_MS} ms`, { ref: false });
  return Promise.race([question, late]).catch((error) => `does not answer (${error.code ?? error.name})`);
}

async function redisState(redis: Redis): Promise<string> {
  // A command would wait for the connection to come back.
  if (redis.status !== 'ready') return `is not connected (${redis.status})`;
  await redis.ping();
  return 'ok';
}

async function databaseState(db: DataSource): Promise<string> {
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
