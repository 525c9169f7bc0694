/** Where the benches run: the services, databases of their own beside the program's, and a configuration. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { sealTransfers } from '../../src/ledger/seal.ts';
import { verificationLine, verifyLedger } from '../../src/ledger/verify.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { createLog } from '../../src/platform/log.ts';
import { createDatabase, databaseUrl, dropDatabase, openDatabase } from '../support/database.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Sees to it that DATABASE_URL and REDIS_URL are set: by the caller, else by the embedded services, which it starts. */
export function useServices(): void {
  if (process.env.DATABASE_URL && process.env.REDIS_URL) return;
  const { status } = spawnSync(join(ROOT, 'script/services'), ['start'], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error('The services do not start: see above, or set DATABASE_URL and REDIS_URL.');
  for (const line of readFileSync(join(ROOT, '.data/services.env'), 'utf8').split('\n')) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name) process.env[name] ??= value;
  }
}

/** The machine and the versions, a line each. */
export async function describeSetting(): Promise<string[]> {
  const connection = await createConnection(databaseUrl('information_schema'));
  const [[server]] = (await connection.query('SELECT VERSION() AS version')) as unknown as [[{ version: string }]];
  await connection.end();
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const named = ['@apollo/server', 'graphql', 'type-graphql', 'typeorm', 'mysql2', 'bullmq', 'fastify'];
  const [core] = cpus();
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${core?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()}; API, database and load client share them`,
    `Node ${process.version.slice(1)}, ${server.version}`,
    named.map((name) => `${name} ${dependencies[name]}`).join(', '),
  ];
}

/** Fails unless a commit survives a crash: figures for anything less would be worth nothing. Says in a line what it found. */
export async function requireDurableCommits({ db }: Deps): Promise<string> {
  const [found]: { version: string; flush: number; binlog: number; sync: number }[] = await db.query(
    `SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush, @@log_bin AS binlog, @@sync_binlog AS sync`,
  );
  if (Number(found?.flush) !== 1) {
    throw new Error(
      `innodb_flush_log_at_trx_commit is ${found?.flush}: commits are not durable, so nothing is measured. Set it to 1.`,
    );
  }
  const binlog = Number(found?.binlog) === 1 ? `on, sync_binlog = ${found?.sync}` : 'off';
  return `${found?.version}; commits are durable (innodb_flush_log_at_trx_commit = 1), binary log ${binlog}`;
}

const SECRETS = {
  TOKEN_SECRET: randomBytes(32).toString('hex'),
  PERSONAL_DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  PERSONAL_DATA_HASH_KEY: randomBytes(32).toString('hex'),
  VOUCHER_KEY: randomBytes(32).toString('hex'),
  EVIDENCE_KEY: randomBytes(32).toString('hex'),
  CARD_KEY: randomBytes(32).toString('hex'),
};

/** The environment of a server process on a bench's database, as in production; it picks a free port. */
export function serverEnvironment(database: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl(database),
    REDIS_URL: process.env.REDIS_URL ?? '',
    STORAGE_DIR: join(tmpdir(), database),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...SECRETS,
  };
}

/** A bench's dependencies on its own database, which must exist. */
export async function openDeps(database: string): Promise<Deps> {
  const config = readConfig(serverEnvironment(database));
  return { config, db: await openDatabase(database), clock: systemClock, log: createLog('warn') };
}

/** Runs work on a database made anew for it by the real migrations, and drops it afterwards. */
export async function onFreshDatabase<T>(database: string, work: (deps: Deps) => Promise<T>): Promise<T> {
  await createDatabase(database);
  const deps = await openDeps(database);
  try {
    return await work(deps);
  } finally {
    await deps.db.destroy();
    await dropDatabase(database);
  }
}

/** Seals what a bench has posted and verifies the whole ledger. Throws on any difference; else says in a line what was verified. */
export async function requireCoherentLedger(deps: Deps): Promise<string> {
  await sealTransfers(deps);
  const verification = await verifyLedger(deps.db);
  const line = verificationLine(verification);
  if (verification.differences.length > 0) throw new Error(`${line}\n${verification.differences.join('\n')}`);
  return line;
}

interface Closable {
  close(): Promise<void> | void;
}

/** Takes charge of closing something. */
export type Keep = <R extends Closable>(opened: R) => R;

/** Runs work that opens things, each handed to `keep` at once, and closes them afterwards, the last one first. */
export async function closing<T>(work: (keep: Keep) => Promise<T>): Promise<T> {
  const kept: Closable[] = [];
  try {
    return await work((opened) => {
      kept.push(opened);
      return opened;
    });
  } finally {
    for (const opened of kept.reverse()) await opened.close();
  }
}
