import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { type Config, readConfig } from '../../src/platform/config.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { createLog } from '../../src/platform/log.ts';
import { TestClock } from './clock.ts';
import { databaseUrl, openDatabase } from './database.ts';

export type TestDeps = Omit<Deps, 'clock'> & { clock: TestClock };

/** The configuration of a test: real services, keys that are plainly not secret. */
export function testConfig(database: string, overrides: Record<string, string> = {}): Config {
  return readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl(database),
    REDIS_URL: process.env.REDIS_URL,
    TOKEN_SECRET: '11'.repeat(32),
    PERSONAL_DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    PERSONAL_DATA_HASH_KEY: '22'.repeat(32),
    VOUCHER_KEY: '33'.repeat(32),
    EVIDENCE_KEY: '44'.repeat(32),
    CARD_KEY: '55'.repeat(32),
    LOTTERY_DRAND_URLS: '',
    WECHAT_APP_ID: 'wx-test',
    WECHAT_APP_SECRET: 'wechat-test-secret',
    STORAGE_DIR: join(tmpdir(), `${database}-storage`),
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...overrides,
  });
}

let shared: Promise<DataSource> | undefined;

/** The database of a Vitest worker. XINGFU_TEST_PREFIX keeps several runs on one machine apart. */
export function databaseName(worker: number | string): string {
  return ['xingfu_test', process.env.XINGFU_TEST_PREFIX, worker].filter(Boolean).join('_');
}

/** The name of this Vitest worker's own database. */
export function workerDatabase(): string {
  return databaseName(process.env.VITEST_POOL_ID ?? 1);
}

/** The dependencies of a use case on this worker's database, with a clock of the test's own. The database is emptied before each test. */
export async function testDeps(): Promise<TestDeps> {
  shared ??= openDatabase(workerDatabase());
  const config = testConfig(workerDatabase());
  return { config, db: await shared, clock: new TestClock(), log: createLog('silent') };
}
