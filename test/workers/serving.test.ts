import { expect, onTestFinished, test } from 'vitest';
import { lastRun } from '../../src/platform/db/periodic-run.ts';
import type { Job } from '../../src/platform/jobs.ts';
import { verifyLedgerJob } from '../../workers/jobs/verify-ledger.ts';
import { startWorkers } from '../../workers/start-workers.ts';
import { testConfig, testDeps, workerDatabase } from '../support/deps.ts';
import { processEnvironment } from '../support/environment.ts';
import { startProcess } from '../support/process.ts';
import { aQueue, Greeting } from '../support/queue.ts';
import { wayTo } from '../support/way.ts';

const METRICS_TOKEN = 'metrics-token-of-the-tests';
const soon = { timeout: 15_000, interval: 20 };

/** A job process with an address of its own. */
async function aServingProcess(greeting = new Greeting(), redisUrl = process.env.REDIS_URL!) {
  const queue = await aQueue(greeting);
  const config = testConfig(workerDatabase(), { WORKER_PORT: '0', METRICS_TOKEN });
  const workers = await startWorkers({ ...queue.deps, config }, redisUrl, [greeting.job as Job<unknown>]);
  onTestFinished(() => workers.close());
  const ready = async () => {
    const response = await fetch(`${workers.url}/readyz`);
    return { status: response.status, ...((await response.json()) as object) };
  };
  const metrics = async () => {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    return (await fetch(`${workers.url}/metrics`, { headers })).text();
  };
  return { ...queue, workers, ready, metrics };
}

test('the job process tells how it does, and its own sign of life is heard', async () => {
  const { ready, workers } = await aServingProcess();
  await expect.poll(ready, soon).toEqual({
    status: 200,
    ready: true,
    state: 'ok',
    checks: { database: 'ok', migrations: 'ok', redis: 'ok', queue: 'ok', jobs: 'ok' },
  });
  expect((await fetch(`${workers.url}/livez`)).status).toBe(200);
  expect((await fetch(`${workers.url}/metrics`)).status).toBe(404);
});

test('what its jobs come to is in its metrics, by name and outcome', async () => {
  const greeting = new Greeting();
  greeting.before = (run) => {
    if (run === 1) throw new Error('not yet');
  };
  const { ask, outbox, hurry, metrics } = await aServingProcess(greeting);
  const count = async (outcome: string) =>
    Number(
      new RegExp(`xingfu_job_runs_total\\{job="greet",outcome="${outcome}"\\} (\\d+)`).exec(await metrics())?.[1] ?? 0,
    );
  const [done, failed] = [await count('done'), await count('failed')];
  await ask('anna');
  await expect.poll(() => hurry().then(outbox), soon).toEqual([]);
  await expect.poll(() => count('done'), soon).toBe(done + 1);
  expect(await count('failed')).toBe(failed + 1);
  expect(await metrics()).toContain('xingfu_queue_jobs{job="greet",state="wait"} 0');
});

test('without Redis the job process is not ready', async () => {
  const way = await wayTo(process.env.REDIS_URL!);
  onTestFinished(way.close);
  const { ready } = await aServingProcess(new Greeting(), way.url);
  await way.cut();
  await expect.poll(ready, soon).toMatchObject({
    status: 503,
    ready: false,
    checks: { database: 'ok', redis: expect.stringContaining('not connected') },
  });
  await way.mend();
});

test('closing says so first, and waits for the job under way', async () => {
  const greeting = new Greeting();
  let release = () => {};
  greeting.before = () => new Promise((resolve) => (release = resolve));
  const { ask, workers, ready, greeted } = await aServingProcess(greeting);
  await ask('anna');
  await expect.poll(() => greeting.runs, soon).toBe(1);
  const closed = workers.close();
  await expect.poll(ready, soon).toMatchObject({ status: 503, state: 'closing' });
  expect(await greeted()).toEqual([]);
  release();
  await closed;
  expect(await greeted()).toEqual(['anna']);
  await expect(fetch(`${workers.url}/livez`)).rejects.toThrow();
});

test('without a port nothing listens', async () => {
  const { work } = await aQueue(new Greeting());
  expect((await work()).url).toBeUndefined();
});

test('the job process says where it listens when it was given a port', async () => {
  const jobs = startProcess('workers/main.ts', processEnvironment({ WORKER_PORT: '0' }));
  const [url] = /http:\S+\/readyz/.exec(await jobs.line(/^Xingfu works/))!;
  expect(await (await fetch(url)).json()).toMatchObject({ ready: true });
  expect(await jobs.end('SIGTERM')).toBe(0);
}, 120_000);

test('the nightly verification leaves its result behind, for the metrics', async () => {
  const deps = await testDeps();
  await verifyLedgerJob.run(deps, {}, async () => {});
  await verifyLedgerJob.run(deps, {}, async () => {});
  expect(await lastRun(deps.db, 'verify-ledger')).toEqual({
    day: '2026-08-03',
    finishedAt: deps.clock.now(),
    detail: { accounts: 0, transfers: 0, differences: 0 },
  });
});
