import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createDataSource } from '../../src/platform/db/data-source.ts';
import { enqueue } from '../../src/platform/db/outbox.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { relayNew, sweepOverdue } from '../../workers/relay.ts';
import { refuseEviction } from '../../workers/start-workers.ts';
import { databaseUrl } from '../support/database.ts';
import { workerDatabase } from '../support/deps.ts';
import { aQueue, Greeting } from '../support/queue.ts';
import { wayTo } from '../support/way.ts';

const soon = { timeout: 15_000, interval: 20 };

test('what a transaction asks for is done once, and crossed off the outbox', async () => {
  const greeting = new Greeting();
  const { ask, work, greeted, outbox, onlyJob } = await aQueue(greeting);
  await ask('anna');
  await work();
  await expect.poll(outbox, soon).toEqual([]);
  expect(await greeted()).toEqual(['anna']);
  expect(greeting.runs).toBe(1);
  expect((await onlyJob()).progress).toEqual({ done: 1, of: 2 });
});

test('what a transaction that rolls back asked for is never done', async () => {
  const { deps, queues, ask, outbox, greeting } = await aQueue(new Greeting());
  const rolledBack = inTransaction(deps.db, async (tx) => {
    await enqueue(tx, greeting.job.definition, { name: 'anna' }, deps.clock.now());
    throw new Error('rolled back');
  });
  await expect(rolledBack).rejects.toThrow('rolled back');
  expect(await outbox()).toEqual([]);
  expect(await relayNew(deps, queues)).toBe(0);
  await ask('bo');
  expect(await relayNew(deps, queues)).toBe(1);
});

test('wiping Redis after the relay loses nothing: the sweep puts the work back', async () => {
  const greeting = new Greeting();
  const { deps, queues, ask, wipe, work, greeted, outbox } = await aQueue(greeting);
  for (const name of ['anna', 'bo', 'cy']) await ask(name);
  await relayNew(deps, queues);
  await wipe();
  expect(await relayNew(deps, queues)).toBe(0);
  expect(await sweepOverdue(deps, queues)).toBe(0);

  deps.clock.advance({ seconds: 31 });
  expect(await sweepOverdue(deps, queues)).toBe(3);
  await work();
  await expect.poll(outbox, soon).toEqual([]);
  expect(await greeted()).toEqual(['anna', 'bo', 'cy']);
});

test('work that comes twice changes nothing more than once', async () => {
  const greeting = new Greeting();
  const { deps, queues, ask, work, greeted, outbox, queue } = await aQueue(greeting);
  await ask('anna');
  const [id] = await outbox();
  await relayNew(deps, queues);
  await queue.add('greet', { name: 'anna' });
  await work();
  await expect.poll(() => greeting.runs, soon).toBe(2);
  await expect.poll(outbox, soon).toEqual([]);
  expect(await greeted()).toEqual(['anna']);
  expect(await queue.getJob(id!)).toBeDefined();
});

test('two relays at once hand each piece of work over once', async () => {
  const greeting = new Greeting();
  const { deps, queues, ask, queue } = await aQueue(greeting);
  for (let i = 0; i < 20; i++) await ask(`name-${i}`);
  await Promise.all([relayNew(deps, queues), relayNew(deps, queues)]);
  expect(await queue.getJobCounts('wait')).toEqual({ wait: 20 });
});

test('a payload that the job cannot read fails once, keeps its outbox row, and is not tried again', async () => {
  const greeting = new Greeting();
  const { deps, queues, work, greeted, outbox, queue, onlyJob } = await aQueue(greeting);
  await deps.db.query("INSERT INTO outbox (id, job, payload, created_at) VALUES (?, 'greet', ?, NOW())", [
    '01J00000000000000000000000',
    '{"nom":"anna"}',
  ]);
  await work();
  await expect.poll(() => queue.getFailedCount(), soon).toBe(1);
  const job = await onlyJob();
  expect(job).toMatchObject({ attemptsMade: 1, failedReason: expect.stringContaining('bad payload') });
  deps.clock.advance({ seconds: 31 });
  expect(await sweepOverdue(deps, queues)).toBe(0);
  expect(await outbox()).toHaveLength(1);
  expect(greeting.runs).toBe(0);
  expect(await greeted()).toEqual([]);
});

test('work that has failed five times is tried again by the sweep until it is done', async () => {
  const greeting = new Greeting();
  greeting.before = (run) => {
    if (run <= 6) throw new Error('not yet');
  };
  const { deps, queues, ask, work, hurry, greeted, outbox, queue } = await aQueue(greeting);
  await ask('anna');
  await work();
  await expect.poll(() => hurry().then(() => queue.getFailedCount()), soon).toBe(1);
  expect(greeting.runs).toBe(5);
  expect(await outbox()).toHaveLength(1);

  deps.clock.advance({ seconds: 31 });
  expect(await sweepOverdue(deps, queues)).toBe(1);
  await expect.poll(() => greeting.runs, soon).toBe(6);
  await expect.poll(() => queue.getFailedCount(), soon).toBe(1);
  deps.clock.advance({ seconds: 31 });
  expect(await sweepOverdue(deps, queues)).toBe(1);
  await expect.poll(outbox, soon).toEqual([]);
  expect(await greeted()).toEqual(['anna']);
});

test('work that waits or runs is left alone by the sweep', async () => {
  const greeting = new Greeting();
  let release = () => {};
  greeting.before = () => new Promise((resolve) => (release = resolve));
  const { deps, queues, ask, work, outbox } = await aQueue(greeting);
  await ask('anna');
  await work();
  await expect.poll(() => greeting.runs, soon).toBe(1);
  deps.clock.advance({ seconds: 31 });
  expect(await sweepOverdue(deps, queues)).toBe(0);
  release();
  await expect.poll(outbox, soon).toEqual([]);
  expect(greeting.runs).toBe(1);
});

test('closing lets the work under way be finished and takes no more', async () => {
  const greeting = new Greeting();
  let release = () => {};
  greeting.before = () => new Promise((resolve) => (release = resolve));
  const { deps, ask, work, greeted } = await aQueue(greeting);
  await ask('anna');
  const workers = await work({ ...deps });
  await expect.poll(() => greeting.runs, soon).toBe(1);
  const closed = workers.close();
  await ask('bo');
  release();
  await closed;
  expect(await greeted()).toEqual(['anna']);
  expect(greeting.runs).toBe(1);
});

test('while Redis is away the relay keeps the work, says so once, and hands it over when Redis is back', async () => {
  const greeting = new Greeting();
  const { deps, ask, work, greeted, outbox } = await aQueue(greeting);
  const redis = await wayTo(deps.config.redisUrl);
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  await work({ ...deps, log }, redis.url);
  await redis.cut();
  await expect.poll(() => lines.filter((line) => line.includes('Redis is away')), soon).toHaveLength(1);
  await ask('anna');
  expect(await outbox()).toHaveLength(1);
  expect(await greeted()).toEqual([]);

  await redis.mend();
  await expect.poll(outbox, soon).toEqual([]);
  expect(await greeted()).toEqual(['anna']);
  expect(lines.filter((line) => line.includes('Redis is away'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('Redis is back'))).toHaveLength(1);
});

test('while MariaDB is away the relay says so once and goes on when it is back', async () => {
  const greeting = new Greeting();
  const { deps, ask, work, outbox } = await aQueue(greeting);
  const mariadb = await wayTo(databaseUrl(workerDatabase()));
  const db = await createDataSource({ url: mariadb.url, pool: 4, entities: [] }).initialize();
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const workers = await work({ ...deps, db, log });
  await mariadb.cut();
  await expect.poll(() => lines.filter((line) => line.includes('The outbox is away')), soon).toHaveLength(1);
  await ask('anna');
  await mariadb.mend();
  await expect.poll(outbox, soon).toEqual([]);
  expect(lines.filter((line) => line.includes('The outbox is'))).toHaveLength(2);
  await workers.close();
  await db.destroy();
});

test('a Redis that may evict keys is refused; one that does not tell is taken with a warning', async () => {
  const warnings: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) });
  const redis = (info: () => Promise<string>) => ({ info }) as unknown as Parameters<typeof refuseEviction>[0];
  await expect(
    refuseEviction(
      redis(async () => 'x:1\r\nmaxmemory_policy:allkeys-lru\r\n'),
      log,
    ),
  ).rejects.toThrow('maxmemory-policy allkeys-lru');
  await refuseEviction(
    redis(async () => 'x:1\r\nmaxmemory_policy:noeviction\r\n'),
    log,
  );
  expect(warnings).toEqual([]);
  await refuseEviction(
    redis(async () => {
      throw new Error('NOPERM');
    }),
    log,
  );
  expect(warnings).toHaveLength(1);
});
