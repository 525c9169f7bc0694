import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { health } from '../../src/health.ts';
import { beat } from '../../src/platform/heartbeat.ts';
import { newId } from '../../src/platform/ids.ts';
import { connectRedis, queuePrefix } from '../../src/platform/queue.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

let deps: TestDeps;
let api: TestApi;
let redis: ReturnType<typeof connectRedis>;
let prefix: string;
beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
  redis = connectRedis(deps.config.redisUrl);
  prefix = queuePrefix(deps.config.databaseUrl);
});
beforeEach(async () => {
  await redis.del(`${prefix}:heartbeat`);
  await beat(redis, prefix, ['greet']);
});
afterAll(async () => {
  await redis.del(`${prefix}:heartbeat`);
  redis.disconnect();
  await api.close();
});

const ready = async () => {
  const response = await fetch(`${api.url}/readyz`);
  return { status: response.status, ...((await response.json()) as object) };
};

async function waitingWork(createdAt: Date, relayedAt: Date | null): Promise<void> {
  await deps.db.query("INSERT INTO outbox (id, job, payload, created_at, relayed_at) VALUES (?, 'greet', '{}', ?, ?)", [
    newId(),
    createdAt,
    relayedAt,
  ]);
}

test('with everything in order each check is named and ok', async () => {
  expect(await ready()).toEqual({
    status: 200,
    ready: true,
    state: 'ok',
    checks: { database: 'ok', migrations: 'ok', redis: 'ok', queue: 'ok', jobs: 'ok' },
  });
});

test('without a job process the API serves on and says that it is degraded', async () => {
  await redis.del(`${prefix}:heartbeat`);
  expect(await ready()).toMatchObject({
    status: 200,
    state: 'degraded',
    checks: { jobs: 'no job process has given a sign of life' },
  });
});

test('a sign of life that is older than half a minute is told with its age', async () => {
  const day = 24 * 3_600_000;
  await redis.pexpire(`${prefix}:heartbeat`, day - 75_000);
  expect(await ready()).toMatchObject({
    status: 200,
    state: 'degraded',
    checks: { jobs: expect.stringMatching(/for 7[56] s$/) },
  });
});

test('work that nobody takes to the queue for a minute is told', async () => {
  await waitingWork(deps.clock.now(), null);
  deps.clock.advance({ seconds: 60 });
  expect(await ready()).toMatchObject({ state: 'ok' });
  deps.clock.advance({ seconds: 1 });
  expect(await ready()).toMatchObject({
    status: 200,
    state: 'degraded',
    checks: { queue: 'work has waited for 61 s to be put into a queue' },
  });
});

test('work that is not done a quarter of an hour after it was asked for is told', async () => {
  await waitingWork(deps.clock.now(), deps.clock.now());
  deps.clock.advance({ minutes: 15, seconds: 1 });
  expect(await ready()).toMatchObject({ state: 'degraded', checks: { queue: 'work has not been done for 901 s' } });
});

test('a check that does not answer is told after its own patience, and is not asked again meanwhile', async () => {
  let looks = 0;
  const stuck = { name: 'stuck', needed: true, patienceMs: 1, look: () => new Promise<string>(() => (looks += 1)) };
  const quick = { name: 'quick', needed: true, patienceMs: 1_000, look: async () => 'ok' };
  for (let i = 0; i < 3; i++)
    expect(await health([stuck, quick])).toEqual({
      ready: false,
      state: 'not ready',
      checks: { stuck: 'no answer within 1 ms', quick: 'ok' },
    });
  expect(looks).toBe(1);
});

test('what is told holds no address and no password', async () => {
  const text = JSON.stringify(await ready());
  const { username, password, host } = new URL(deps.config.databaseUrl);
  for (const secret of [username, password, host].filter((one) => one.length > 3)) expect(text).not.toContain(secret);
});
