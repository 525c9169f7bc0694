import type { Queue, Job as QueuedJob } from 'bullmq';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { enqueue } from '../../src/platform/db/outbox.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Job } from '../../src/platform/jobs.ts';
import { connectRedis, Queues, queuePrefix } from '../../src/platform/queue.ts';
import { startWorkers } from '../../workers/start-workers.ts';
import { type TestDeps, testDeps } from './deps.ts';

/** Work whose effect is guarded by a unique key, as that of every job must be, and what it has been through. */
export class Greeting {
  runs = 0;
  /** Decides what a run meets before its effect; throws to make it fail. */
  before: (run: number) => Promise<void> | void = () => {};

  readonly job: Job<{ name: string }> = {
    definition: { name: 'greet', payload: z.object({ name: z.string() }) },
    concurrency: 4,
    run: async ({ db, clock }, { name }, progress) => {
      this.runs += 1;
      await this.before(this.runs);
      await progress({ done: 1, of: 2 });
      await db.query("INSERT IGNORE INTO periodic_run (job, period, started_at) VALUES ('greet', ?, ?)", [
        name,
        clock.now(),
      ]);
    },
  };
}

/** The outbox and the queue of this Vitest worker's database, empty at first, and what a test does with them. */
export async function aQueue(greeting: Greeting) {
  const deps = await testDeps();
  const prefix = queuePrefix(deps.config.databaseUrl);
  const redis = connectRedis(deps.config.redisUrl);
  const queues = new Queues(redis, prefix);
  const queue: Queue = queues.get('greet');
  /** What FLUSHALL does, to this database's keys alone: other tests use the same Redis. */
  const wipe = async () => {
    const keys = await redis.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.del(keys);
  };
  await wipe();
  onTestFinished(async () => {
    await wipe();
    redis.disconnect();
  });
  return {
    greeting,
    deps,
    queues,
    queue,
    wipe,
    ask: (name: string) =>
      inTransaction(deps.db, (tx) => enqueue(tx, greeting.job.definition, { name }, deps.clock.now())),
    work: async (using: TestDeps = deps, redisUrl = deps.config.redisUrl) => {
      const workers = await startWorkers(using, redisUrl, [greeting.job as Job<unknown>]);
      onTestFinished(() => workers.close());
      return workers;
    },
    greeted: async (): Promise<string[]> => {
      const rows = await deps.db.query("SELECT period FROM periodic_run WHERE job = 'greet' ORDER BY period");
      return rows.map((row: { period: string }) => row.period);
    },
    outbox: async (): Promise<string[]> => {
      const rows = await deps.db.query('SELECT id FROM outbox ORDER BY id');
      return rows.map((row: { id: string }) => row.id);
    },
    /** Lets delayed retries come at once. */
    hurry: async () => {
      for (const job of await queue.getDelayed()) await job.promote().catch(() => {});
    },
    onlyJob: async (): Promise<QueuedJob> => {
      const jobs = await queue.getJobs();
      if (jobs.length !== 1) throw new Error(`${jobs.length} jobs in the queue`);
      return jobs[0]!;
    },
  };
}
