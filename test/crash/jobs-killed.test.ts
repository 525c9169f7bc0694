import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { aWorld, fixed } from '../rules/world.ts';
import { processEnvironment } from '../support/environment.ts';
import { startProcess } from '../support/process.ts';

const CALLS = 30;
const MEMBERS = 100;

/** A Redis database of this test's own, so that wiping it harms no other. */
function redisUrl(): string {
  const url = new URL(process.env.REDIS_URL ?? '');
  url.pathname = `/${10 + Number(process.env.VITEST_POOL_ID ?? 1)}`;
  return url.toString();
}

test('a job process that is killed while it pays, and a Redis that is wiped, leave no event unpaid and pay none twice', async () => {
  const { deps, memberIds, publish, event, record, count } = await aWorld({ memberCount: MEMBERS, budget: 10_000_000 });
  const { db } = deps;
  const redis = new Redis(redisUrl());
  await redis.flushdb();
  await publish('分会荣誉', 'honour', fixed(7));
  const call = (i: number) => record(...memberIds.map((id) => event(id, 'honour', { reference: `${i}-${id}` })));
  const paid = async () => {
    const [row] = await db.query("SELECT COUNT(*) AS n FROM activity_event WHERE state = 'paid'");
    return Number(row.n);
  };
  const environment = processEnvironment({ REDIS_URL: redisUrl() });
  const calls = (async () => {
    for (let i = 0; i < CALLS; i++) await call(i);
  })();

  for (const round of [1, 2, 3]) {
    const jobs = startProcess('workers/main.ts', environment);
    await jobs.line(/^Xingfu works/);
    const before = await paid();
    await vi.waitFor(async () => expect(await paid()).toBeGreaterThan(before), { timeout: 30_000, interval: 5 });
    if (round !== 2) await redis.flushdb();
    await jobs.end('SIGKILL');
    if (round !== 1) await redis.flushdb();
    await calls;
    // Rows that were relayed are looked after again half a minute later; here that half minute is over.
    await db.query('UPDATE outbox SET relayed_at = relayed_at - INTERVAL 60 SECOND WHERE relayed_at IS NOT NULL');
    if (round < 3) for (let i = 0; i < 3; i++) await call(CALLS * round + i);
  }

  const events = await count('activity_event');
  const jobs = startProcess('workers/main.ts', environment);
  await vi.waitFor(async () => expect(await count('outbox')).toBe(0), { timeout: 60_000, interval: 50 });
  await jobs.end('SIGTERM');
  expect(await paid()).toBe(events);
  expect(await count('accrual')).toBe(events);
  expect(await count("transfer WHERE kind = 'accrual'")).toBe(events);
  const [issued] = await db.query('SELECT issued FROM programme_budget');
  expect(issued.issued).toBe(7 * events);
  await expect(deps).toHaveCoherentLedger();
  await redis.flushdb();
  redis.disconnect();
}, 180_000);
