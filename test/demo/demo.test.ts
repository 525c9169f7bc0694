import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdJobs } from '../../src/demo/hold-jobs.ts';
import { rollUpFigures } from '../../src/marketplace/figures/roll-up-figures.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { createLog } from '../../src/platform/log.ts';
import { connectRedis, Queues, queuePrefix } from '../../src/platform/queue.ts';
import { type RunningWorkers, startWorkers } from '../../workers/start-workers.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { createDatabase, databaseUrl, dropDatabase, openDatabase } from '../support/database.ts';
import { databaseName } from '../support/deps.ts';

const DATABASE = databaseName('demo');
const PASSWORD = 'plainly-not-secret-42';
const MINUTES = 60_000;

/** What script/server gives its processes. */
const environment: Record<string, string> = {
  NODE_ENV: 'development',
  DATABASE_URL: databaseUrl(DATABASE),
  REDIS_URL: process.env.REDIS_URL!,
  TOKEN_SECRET: '11'.repeat(32),
  PERSONAL_DATA_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  PERSONAL_DATA_HASH_KEY: '22'.repeat(32),
  VOUCHER_KEY: '33'.repeat(32),
  EVIDENCE_KEY: '44'.repeat(32),
  CARD_KEY: '55'.repeat(32),
  STORAGE_DIR: join(tmpdir(), `${DATABASE}-storage`),
  DEMO_ADMIN_PASSWORD: PASSWORD,
  LOG_LEVEL: 'silent',
};

let deps: Deps;
let redis: Redis;
let api: TestApi;
let workers: RunningWorkers;

beforeAll(async () => {
  await createDatabase(DATABASE);
  const config = readConfig(environment);
  // The loader and the players live by the real clock, so the server does too.
  deps = { config, db: await openDatabase(DATABASE), clock: systemClock, log: createLog('silent') };
  redis = connectRedis(config.redisUrl);
  await forgetQueues();
  api = await startApi(deps);
  workers = await startWorkers(deps, config.redisUrl);
});

afterAll(async () => {
  await workers?.close();
  await api?.close();
  await forgetQueues();
  redis.disconnect();
  await deps.db.destroy();
  await dropDatabase(DATABASE);
  await rm(deps.config.storageDir, { recursive: true, force: true });
});

async function forgetQueues(): Promise<void> {
  const keys = await redis.keys(`${queuePrefix(databaseUrl(DATABASE))}:*`);
  if (keys.length > 0) await redis.del(keys);
}

interface Ended {
  code: number | null;
  output: string;
}

/** Runs a script of the demo as a process of its own, killed as soon as it has said `killAt`. */
function run(script: 'load' | 'play', overrides: Record<string, string> = {}, killAt?: string): Promise<Ended> {
  const env = { ...process.env, ...environment, PORT: new URL(api.url).port, XINGFU_URL: api.url, ...overrides };
  const child = spawn(process.execPath, ['--import', 'tsx', `src/demo/${script}.ts`], { env });
  let output = '';
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    if (killAt !== undefined && output.includes(killAt)) child.kill('SIGKILL');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

/**
 * How many rows each table has, once the background has sealed and counted what there is. Used card codes are left out:
 * they are forgotten after some minutes.
 */
async function counts(): Promise<Record<string, number>> {
  await rollUpFigures(deps);
  const tables: { name: string }[] = await deps.db.query(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name <> 'card_code_use'`,
  );
  const rows: { name: string; n: string }[] = await deps.db.query(
    tables.map(({ name }) => `SELECT '${name}' AS name, COUNT(*) AS n FROM \`${name}\``).join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]));
}

const LOADED = {
  // The nine of the happiness account, and a province with its sixteen cities.
  union_node: 9 + 17,
  programme: 1,
  rule: 13,
  rule_version: 13,
  member: 120,
  roster_import: 1,
  merchant: 114,
  programme_merchant: 114,
  contract: 114,
  outlet: 120,
  merchant_staff: 34,
  operator: 43,
  offer: 25,
  offer_stock: 25,
  card_issuer: 1,
  card_batch: 1,
  card: 120,
  adjustment: 2,
  redemption: 2,
  verification: 2,
  card_scan: 2,
  settlement_run: 1,
  settlement_statement: 1,
  milestone_run: 1,
};

/** What is recorded by hand; each earns points. */
const EVENTS_BY_HAND = 7;

/** In the past month points were given to two members, who bought a ticket each and used it. */
const PAST_TRANSFERS = 3 * 2;

/** The points for the prizes of the open lottery are set aside. */
const RESERVATIONS = 1;

// The tests of this file follow one another: they are the life of one server.

test('in production the loader does nothing and says so', async () => {
  const before = await counts();
  const { code, output } = await run('load', { NODE_ENV: 'production' });
  expect(code).toBe(0);
  expect(output).toContain('In production no demo data is loaded');
  expect(await counts()).toEqual(before);
});

test(
  'a load that is killed half-way goes on when it is run again, and nothing is there twice',
  async () => {
    const killed = await run('load', {}, '会员 members');
    expect(killed.code).toBeNull();
    expect((await counts()).member).toBe(120);
    const { code, output } = await run('load');
    expect(output).toContain(`${api.url}/graphql/member`);
    expect(code).toBe(0);
    // One member has a birthday on the day of the load; others may have one too, or have served a round number of years.
    const [{ recorded }] = await deps.db.query('SELECT recorded FROM milestone_run');
    const events = EVENTS_BY_HAND + Number(recorded);
    const transfers = events + PAST_TRANSFERS + RESERVATIONS;
    expect(await counts()).toMatchObject({ ...LOADED, activity_event: events, accrual: events, transfer: transfers });
    const [onSale] = await deps.db.query("SELECT COUNT(*) AS n FROM offer WHERE state = 'on_sale'");
    expect(Number(onSale.n)).toBe(25);
  },
  3 * MINUTES,
);

test('what the loader prints to try is right: the sample member has points and sees offers', async () => {
  const { output } = await run('load');
  const [signIn, query] = [/mutation \{ developmentSignIn.*$/m, /\{ accounts \{.*$/m].map(
    (one) => one.exec(output)?.[0],
  );
  const { data } = await api.ask('member', signIn!);
  const tried = await api.ask('member', query!, { token: data.developmentSignIn.accessToken });
  expect(tried.errors).toEqual([]);
  expect(tried.data.accounts).toEqual([{ programmeName: '幸福账户', balance: 3700 }]);
  expect(tried.data.offers.nodes).toHaveLength(5);
});

test(
  'the story plays without a failed step, again and again on the same server',
  async () => {
    for (const round of [1, 2]) {
      const { code, output } = await run('play');
      expect(output, `round ${round}`).toMatch(/\ndemo: 189 steps, 0 failed\n$/);
      expect(code).toBe(0);
    }
    const played = { lottery: 1 + 2, treat_round: 2, stage_run: 2 * 2, subsidy_list: 2 };
    // The contract of the year is recorded once.
    const innovation = { naming_round: 2, innovation_season: 2, innovation_contract: 1, reward_list: 2 };
    expect(await counts()).toMatchObject({ member: 120 + 2 * 3, card: 120 + 2, ...played, ...innovation });
  },
  5 * MINUTES,
);

test('a load into a loaded database changes nothing', async () => {
  const before = await counts();
  const { code, output } = await run('load');
  expect(code).toBe(0);
  expect(output).toContain('developmentSignIn');
  expect(await counts()).toEqual(before);
});

test('a start gives the server back the jobs that a killed story kept it from', async () => {
  const queues = new Queues(redis, queuePrefix(databaseUrl(DATABASE)));
  const held = () => queues.get('advance-lotteries').isPaused();
  await holdJobs(deps.config);
  expect(await held()).toBe(true);
  expect((await run('load')).code).toBe(0);
  expect(await held()).toBe(false);
  await queues.close();
});

test(
  'a step that finds something else fails with what was expected and seen, and the story goes on to its end',
  async () => {
    const title = '奶茶一杯（中杯）';
    await deps.db.query('UPDATE offer SET price = 151 WHERE title = ?', [title]);
    const { code, output } = await run('play');
    await deps.db.query('UPDATE offer SET price = 150 WHERE title = ?', [title]);
    expect(code).toBe(1);
    expect(output).toContain('points, voucher：应为 expected [150,"UNUSED"]，实为 seen [151,"UNUSED"]');
    expect(output).toMatch(/✓ 兑换鲜果茶又取消/);
    expect(output).toMatch(/\ndemo: 189 steps, [1-9]\d* failed\n$/);
  },
  3 * MINUTES,
);

test('without a server the story says to run script/server and fails', async () => {
  const { code, output } = await run('play', { XINGFU_URL: 'http://127.0.0.1:9' });
  expect(code).toBe(1);
  expect(output).toContain('Run script/server in another terminal');
});

test('a database with admins of its own is left alone', async () => {
  await deps.db.query("UPDATE operator SET login = 'somebody' WHERE login = 'demo-admin'");
  const before = await counts();
  const { code, output } = await run('load');
  await deps.db.query("UPDATE operator SET login = 'demo-admin' WHERE login = 'somebody'");
  expect(code).toBe(0);
  expect(output).toContain('This database has admins of its own');
  expect(await counts()).toEqual(before);
});

test('after all of it the ledger is coherent', async () => {
  await workers.close();
  await expect(deps).toHaveCoherentLedger();
});
