import type { Redis } from 'ioredis';
import type { Deps } from '../src/platform/deps.ts';
import { describeError } from '../src/platform/describe-error.ts';
import { BEAT_MS, beat } from '../src/platform/heartbeat.ts';
import type { Job } from '../src/platform/jobs.ts';
import { type Repeated, repeat } from './repeat.ts';

/** Gives signs of life for the job process. While Redis is away it waits. */
export function startHeartbeat({ log }: Deps, redis: Redis, prefix: string, jobs: readonly Job<unknown>[]): Repeated {
  const names = jobs.map(({ definition }) => definition.name);
  const once = async () => {
    await beat(redis, prefix, names);
    return 0;
  };
  return repeat(BEAT_MS, once, (error) => log.error({ error: describeError(error) }, 'no sign of life could be given'));
}
