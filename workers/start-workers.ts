import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Deps } from '../src/platform/deps.ts';
import { describeError, isUnavailable } from '../src/platform/describe-error.ts';
import type { Job } from '../src/platform/jobs.ts';
import type { Log } from '../src/platform/log.ts';
import { watchRedis } from '../src/platform/outage.ts';
import { connectRedis, Queues, queuePrefix } from '../src/platform/queue.ts';
import { startHeartbeat } from './heartbeat.ts';
import { jobs as allJobs } from './jobs.ts';
import { startRelay } from './relay.ts';
import { processorOf } from './run-jobs.ts';
import { startSchedules } from './schedules.ts';
import { serveHealth } from './serve-health.ts';

/** How long jobs under way get to finish when the process is told to end, in milliseconds. */
const FINISH_MS = 20_000;

/** The workers of this process. */
export interface RunningWorkers {
  /** Where the process tells how it does, "http://127.0.0.1:4001"; undefined when nowhere. */
  url: string | undefined;
  /** Takes no new jobs, waits up to 20 seconds for those under way and lets go of Redis. A job that needs longer is done again by another process. */
  close(): Promise<void>;
}

/**
 * Starts what the job process does: one worker for each kind of job, the relay of the outbox, the schedules, signs of
 * life, and the address at which it tells how it does. Waits for Redis. Throws when Redis may evict keys. The queues are
 * those of the database that `deps.config` names.
 */
export async function startWorkers(
  deps: Deps,
  redisUrl: string,
  jobs: readonly Job<unknown>[] = allJobs,
): Promise<RunningWorkers> {
  const redis = watchRedis(connectRedis(redisUrl), deps.log);
  const prefix = queuePrefix(deps.config.databaseUrl);
  const queues = new Queues(redis, prefix);
  try {
    await refuseEviction(redis, deps.log);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  const workers = jobs.map((job) => startWorker(deps, job, redis, prefix));
  const relay = startRelay(deps, queues);
  const heartbeat = startHeartbeat(deps, redis, prefix, jobs);
  const schedules = await startSchedules(deps, queues, jobs);
  const serving = await serveHealth(deps, redis);
  return {
    url: serving?.url,
    close: async () => {
      serving?.closing();
      const loops = [heartbeat, schedules, relay, ...workers];
      const finished = Promise.all(loops.map((loop) => loop.close()));
      await Promise.race([finished, pause(FINISH_MS, undefined, { ref: false })]);
      await serving?.close();
      redis.disconnect();
    },
  };
}

function startWorker(deps: Deps, job: Job<unknown>, redis: Redis, prefix: string): Worker {
  const { name } = job.definition;
  const worker = new Worker(name, processorOf(deps, job), { connection: redis, prefix, concurrency: job.concurrency });
  worker.on('error', (error) => {
    if (!isUnavailable(error))
      deps.log.error({ job: name, error: describeError(error) }, 'the worker has trouble with its queue');
  });
  return worker;
}

/**
 * Throws unless Redis keeps what it is given: with any other policy it drops jobs when its memory is full. Warns where
 * the policy is not told.
 */
export async function refuseEviction(redis: Pick<Redis, 'info'>, log: Log): Promise<void> {
  const policy = await redis.info('memory').then(
    (info) => /^maxmemory_policy:(.*?)\r?$/m.exec(info)?.[1],
    () => undefined,
  );
  if (policy === undefined) {
    log.warn('Redis does not tell its maxmemory-policy; make sure that it is noeviction, or jobs may be lost');
  } else if (policy !== 'noeviction') {
    throw new Error(
      `Redis (REDIS_URL) has maxmemory-policy ${policy} and may throw jobs away. Set it to noeviction: redis-cli CONFIG SET maxmemory-policy noeviction, and in redis.conf.`,
    );
  }
}
