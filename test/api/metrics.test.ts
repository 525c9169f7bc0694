import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { recordRun } from '../../src/platform/db/periodic-run.ts';
import { beat } from '../../src/platform/heartbeat.ts';
import { newId } from '../../src/platform/ids.ts';
import { connectRedis, Queues, queuePrefix } from '../../src/platform/queue.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { type TestDeps, testConfig, testDeps, workerDatabase } from '../support/deps.ts';
import { aMarket } from '../support/market.ts';

const METRICS_TOKEN = 'metrics-token-of-the-tests';

let deps: TestDeps;
let api: TestApi;
beforeAll(async () => {
  deps = { ...(await testDeps()), config: testConfig(workerDatabase(), { METRICS_TOKEN }) };
  api = await startApi(deps);
});
afterAll(() => api.close());

const scrape = (token?: string, url = api.url) =>
  fetch(`${url}/metrics`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

type Values = Map<string, number>;

/** The metrics by name and labels, as "name{a="b"}". */
async function read(): Promise<Values> {
  const text = await (await scrape(METRICS_TOKEN)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

/** By how much each of these rose. */
function rise(before: Values, after: Values, ...names: string[]): number[] {
  return names.map((name) => (after.get(name) ?? 0) - (before.get(name) ?? 0));
}

const requests = (door: string, operation: string) =>
  `xingfu_request_seconds_count{door="${door}",operation="${operation}"}`;

test('nobody reads the metrics without the token', async () => {
  for (const token of [undefined, '', 'x'.repeat(METRICS_TOKEN.length), `${METRICS_TOKEN}x`])
    expect((await scrape(token)).status).toBe(404);
  expect((await scrape(METRICS_TOKEN)).status).toBe(200);
});

test('where no token is configured there are no metrics, whatever is sent', async () => {
  const closed = await startApi(await testDeps());
  onTestFinished(closed.close);
  for (const token of [undefined, '', 'undefined', METRICS_TOKEN])
    expect((await scrape(token, closed.url)).status).toBe(404);
});

test('a token that could be guessed is not taken', () => {
  expect(() => testConfig('x', { METRICS_TOKEN: 'short' })).toThrow(/METRICS_TOKEN: wants 16 characters/);
});

test('requests are told by door and root field, never by a name that a client made up', async () => {
  const before = await read();
  await api.ask('member', 'query A1 { me { id } }');
  await api.ask('member', 'query B2 { __typename ...F } fragment F on Query { again: me { id } }');
  await api.ask('member', '{ me { id } rules { nodes { id } } }');
  await api.ask('member', 'query C3 { __typename }');
  await api.ask('member', '{ nothingOfTheKind }');
  await api.ask('member', '{ not a query');
  await fetch(`${api.url}/livez`);
  await fetch(`${api.url}/nowhere/13800138000`);
  const after = await read();
  expect(
    rise(
      before,
      after,
      requests('member', 'me'),
      requests('member', 'several'),
      requests('member', 'introspection'),
      requests('member', 'invalid'),
      requests('none', '/livez'),
      requests('none', 'unknown'),
    ),
  ).toEqual([2, 1, 1, 2, 1, 1]);
  expect([...after.keys()].join('\n')).not.toMatch(/A1|B2|C3|nothingOfTheKind|13800138000/);
});

test('refusals are counted by field and code, errors by code, batches by what they commit', async () => {
  const { memberIds, offer } = await aMarket();
  const token = await tokenFor(deps, 'member', memberIds[0]!);
  const offerId = await offer({ stock: 1 });
  const redeem = (key: string) =>
    api.ask(
      'member',
      'mutation ($key: String!, $offerId: Id!) { redeem(key: $key, offerId: $offerId) { __typename } }',
      {
        token,
        variables: { key, offerId },
      },
    );
  const before = await read();
  await redeem('first-of-the-test');
  await redeem('second-of-the-test');
  await api.ask('member', '{ me { id } }');
  const after = await read();
  expect(
    rise(
      before,
      after,
      'xingfu_refusals_total{door="member",operation="redeem",code="SOLD_OUT"}',
      'xingfu_errors_total{door="member",code="UNAUTHENTICATED"}',
      'xingfu_batch_commands_sum{batch="redeem"}',
      'xingfu_batch_seconds_count{batch="redeem"}',
    ),
  ).toEqual([1, 1, 2, 2]);
});

test('a fault is counted as INTERNAL', async () => {
  await deps.db.query('RENAME TABLE member TO member_gone');
  onTestFinished(() => deps.db.query('RENAME TABLE member_gone TO member'));
  const before = await read();
  await api.ask('member', 'mutation { developmentSignIn(staffNumber: "S0") { __typename } }');
  expect(rise(before, await read(), 'xingfu_errors_total{door="member",code="INTERNAL"}')).toEqual([1]);
});

test('the outbox, the queues, the sign of life and the last verification are told as they are now', async () => {
  const prefix = queuePrefix(deps.config.databaseUrl);
  const redis = connectRedis(deps.config.redisUrl);
  const queues = new Queues(redis, prefix);
  onTestFinished(async () => {
    await redis.del(`${prefix}:heartbeat`);
    await queues.get('greet').obliterate();
    redis.disconnect();
  });
  await redis.del(`${prefix}:heartbeat`);
  const silent = await read();
  expect([...silent.keys()].filter((name) => /heartbeat|ledger|^[^{]*audit|xingfu_queue/.test(name))).toEqual([]);
  expect(silent.get('xingfu_outbox_rows{state="unsent"}')).toBe(0);

  const started = deps.clock.now();
  const ago = new Date(started.getTime() - 90_000);
  for (const relayedAt of [null, null, started])
    await deps.db.query(
      "INSERT INTO outbox (id, job, payload, created_at, relayed_at) VALUES (?, 'greet', '{}', ?, ?)",
      [newId(), relayedAt === null ? ago : started, relayedAt],
    );
  await beat(redis, prefix, ['greet']);
  await queues.get('greet').add('greet', {});
  for (const [job, differences] of Object.entries({ 'verify-ledger': 2, 'verify-audit': 1 }))
    await recordRun(deps.db, { job, startedAt: started, finishedAt: ago, detail: { differences } });
  const told = await read();
  expect(Object.fromEntries(told)).toMatchObject({
    'xingfu_outbox_rows{state="unsent"}': 2,
    'xingfu_outbox_rows{state="sent"}': 1,
    'xingfu_outbox_oldest_seconds{state="unsent"}': 90,
    'xingfu_outbox_oldest_seconds{state="sent"}': 0,
    'xingfu_queue_jobs{job="greet",state="wait"}': 1,
    'xingfu_queue_oldest_seconds{job="greet"}': expect.any(Number),
    xingfu_job_process_heartbeat_seconds: expect.any(Number),
    xingfu_ledger_differences: 2,
    xingfu_ledger_verified_seconds: 90,
    xingfu_audit_differences: 1,
    xingfu_audit_verified_seconds: 90,
    'xingfu_db_connections{state="idle"}': expect.any(Number),
    xingfu_db_waiting: 0,
    nodejs_eventloop_lag_p99_seconds: expect.any(Number),
  });
});
