import { databaseUrl } from './database.ts';
import { workerDatabase } from './deps.ts';

/** The environment of a process that works on this Vitest worker's database, with the keys of `testConfig`. */
export function processEnvironment(overrides: Record<string, string> = {}): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl(workerDatabase()),
    REDIS_URL: process.env.REDIS_URL ?? '',
    TOKEN_SECRET: '11'.repeat(32),
    PERSONAL_DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    PERSONAL_DATA_HASH_KEY: '22'.repeat(32),
    VOUCHER_KEY: '33'.repeat(32),
    EVIDENCE_KEY: '44'.repeat(32),
    CARD_KEY: '55'.repeat(32),
    LOTTERY_DRAND_URLS: '',
    STORAGE_DIR: '/nonexistent',
    PORT: '0',
    ...overrides,
  };
}
