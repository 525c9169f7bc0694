import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { Gauge } from 'prom-client';
import type { Deps } from '../deps.ts';
import { readHeartbeat } from '../heartbeat.ts';
import { Queues, queuePrefix } from '../queue.ts';
import type { Reader } from './reader.ts';

const STATES = ['wait', 'active', 'delayed', 'failed'] as const;

/** The queues, as Redis has them: how many jobs are in which state, and how long the oldest has waited. */
export function queueReader({ config }: Deps, redis: Redis): Reader {
  const prefix = queuePrefix(config.databaseUrl);
  const queues = new Queues(redis, prefix);
  const jobs = new Gauge({
    name: 'xingfu_queue_jobs',
    help: 'Jobs in the queues.',
    labelNames: ['job', 'state'],
    registers: [],
  });
  const oldest = new Gauge({
    name: 'xingfu_queue_oldest_seconds',
    help: 'How long the job that is next has waited, 0 when none waits.',
    labelNames: ['job'],
    registers: [],
  });
  const readOne = async (job: string) => {
    const queue = queues.get(job);
    const [counts, waited] = await Promise.all([queue.getJobCounts(...STATES), waitedSeconds(queue)]);
    for (const state of STATES) jobs.set({ job, state }, counts[state] ?? 0);
    oldest.set({ job }, waited);
  };
  return {
    gauges: [jobs, oldest],
    read: async () => {
      const heard = await readHeartbeat(redis, prefix);
      await Promise.all((heard?.jobs ?? []).map(readOne));
    },
  };
}

async function waitedSeconds(queue: Queue): Promise<number> {
  const [next] = await queue.getJobs('wait', 0, 0, true);
  return next ? Math.max(0, (Date.now() - next.timestamp) / 1000) : 0;
}
