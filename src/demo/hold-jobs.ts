import type { Config } from '../platform/config.ts';
import { connectRedis, Queues, queuePrefix } from '../platform/queue.ts';
import { askUntil, jobLate } from './client.ts';

/** The jobs that would do by the server's clock what the demo does by a clock of its own. */
const JOBS = [
  'prepare-lotteries',
  'advance-lotteries',
  'put-up-treats',
  'lapse-vouchers',
  'advance-stages',
  'make-scoreboards',
  'advance-innovation',
] as const;

export type HeldJob = (typeof JOBS)[number];

const JOB_SECONDS = 30;

async function withQueues<T>(config: Config, act: (queues: ReturnType<Queues['get']>[]) => Promise<T>): Promise<T> {
  const redis = connectRedis(config.redisUrl);
  const queues = new Queues(redis, queuePrefix(config.databaseUrl));
  try {
    return await act(JOBS.map((job) => queues.get(job)));
  } finally {
    await queues.close();
    redis.disconnect();
  }
}

/**
 * Keeps the server from these jobs until `letJobsGo`, and waits for the turns that are under way. Throws when one takes
 * more than half a minute.
 */
export function holdJobs(config: Config): Promise<void> {
  return withQueues(config, async (queues) => {
    for (const queue of queues) await queue.pause();
    for (const queue of queues) {
      const active = await askUntil(
        () => queue.getActiveCount(),
        (count) => count === 0,
        JOB_SECONDS,
      );
      if (active > 0) throw new Error(jobLate(queue.name, JOB_SECONDS));
    }
  });
}

/** Lets the server do these jobs again; what was due meanwhile is done at once. */
export function letJobsGo(config: Config): Promise<void> {
  return withQueues(config, async (queues) => {
    for (const queue of queues) await queue.resume();
  });
}
