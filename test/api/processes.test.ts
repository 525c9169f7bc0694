import { expect, test } from 'vitest';
import { databaseUrl } from '../support/database.ts';
import { workerDatabase } from '../support/deps.ts';
import { startProcess } from '../support/process.ts';

const environment = () => ({
  NODE_ENV: 'production',
  DATABASE_URL: databaseUrl(workerDatabase()),
  REDIS_URL: process.env.REDIS_URL!,
  TOKEN_SECRET: '11'.repeat(32),
  PERSONAL_DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  PERSONAL_DATA_HASH_KEY: '22'.repeat(32),
  VOUCHER_KEY: '33'.repeat(32),
  EVIDENCE_KEY: '44'.repeat(32),
  CARD_KEY: '55'.repeat(32),
  STORAGE_DIR: '/nonexistent',
  PORT: '0',
});

test('the API process tells its addresses in one line, serves, and ends in order on SIGTERM', async () => {
  const api = startProcess('src/main.ts', environment());
  const line = await api.line(/^Xingfu listens/);
  const [member] = /http:\S+\/graphql\/member/.exec(line)!;
  const response = await fetch(member, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  });
  expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  expect(response.headers.get('strict-transport-security')).toContain('max-age');
  expect(await api.end('SIGTERM')).toBe(0);
});

test('the job process says what it works at, and ends in order on SIGINT', async () => {
  const jobs = startProcess('workers/main.ts', environment());
  expect(await jobs.line(/^Xingfu works/)).toContain('expire-lots');
  expect(await jobs.end('SIGINT')).toBe(0);
});

test('without its secrets no process starts, and each missing one is named at once', async () => {
  const { DATABASE_URL, REDIS_URL } = environment();
  const { code, output } = await startProcess('src/main.ts', { DATABASE_URL, REDIS_URL }).ended();
  expect(code).toBe(1);
  const names = [
    'TOKEN_SECRET',
    'PERSONAL_DATA_KEYS',
    'PERSONAL_DATA_HASH_KEY',
    'VOUCHER_KEY',
    'EVIDENCE_KEY',
    'CARD_KEY',
  ];
  for (const name of [...names, 'STORAGE_DIR']) expect(output).toContain(`${name}: is not set`);
});

test('a database that is away is named, without its password', async () => {
  const DATABASE_URL = 'mysql://someone:hidden-word@127.0.0.1:1/benefits';
  const { code, output } = await startProcess('src/main.ts', { ...environment(), DATABASE_URL }).ended();
  expect(code).toBe(1);
  expect(output).toContain('The database benefits at 127.0.0.1:1 (DATABASE_URL) does not open');
  expect(output).not.toContain('hidden-word');
});
