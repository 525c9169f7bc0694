import { Queue } from 'bullmq';
import { Redis } from 'ioredis';

/** A Redis connection that waits for Redis to come back instead of failing; BullMQ wants no limit on retries for its workers. */
export function connectRedis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null, enableReadyCheck: true });
}

/** One BullMQ queue for each kind of job, so that a long job never stands in the way of a short one. */
export class Queues {
  private readonly byName = new Map<string, Queue>();

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  get(job: string): Queue {
    let queue = this.byName.get(job);
    if (!queue) {
      queue = new Queue(job, {
        connection: this.redis,
        prefix: this.prefix,
        defaultJobOptions: {
          attempts: 5,
          backoff: { type: 'exponential', delay: 500 },
          removeOnComplete: { count: 1000 },
          removeOnFail: { count: 5000 },
        },
      });
      // Connection errors are told once, by watchRedis.
      queue.on('error', () => {});
      this.byName.set(job, queue);
    }
    return queue;
  }

  async close(): Promise<void> {
    await Promise.all([...this.byName.values()].map((queue) => queue.close()));
  }
}

/** The prefix of all our keys in Redis: one for each database, so that several installations may share a Redis. */
export function queuePrefix(databaseUrl: string): string {
  return `xingfu-${new URL(databaseUrl).pathname.slice(1)}`;
}
