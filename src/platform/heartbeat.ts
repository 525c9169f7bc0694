import type { Redis } from 'ioredis';
import { z } from 'zod';

/** How often the job process gives a sign of life, in milliseconds. */
export const BEAT_MS = 10_000;

// What was heard last is known for a day, and its age by how much of that day is left: no clock but that of Redis.
const KNOWN_MS = 24 * 3_600_000;

const form = z.object({ jobs: z.array(z.string()) });

/** The last sign of life of any job process. */
export interface Heartbeat {
  ageSeconds: number;
  /** The jobs that it works at, which are also the names of the queues. */
  jobs: string[];
}

const keyOf = (prefix: string) => `${prefix}:heartbeat`;

/** Gives a sign of life for a job process that works at these jobs. */
export async function beat(redis: Redis, prefix: string, jobs: readonly string[]): Promise<void> {
  await redis.set(keyOf(prefix), JSON.stringify({ jobs }), 'PX', KNOWN_MS);
}

/** The last sign of life of the job processes; undefined when none was given for a day, or since Redis was wiped. */
export async function readHeartbeat(redis: Redis, prefix: string): Promise<Heartbeat | undefined> {
  const [text, leftMs] = await Promise.all([redis.get(keyOf(prefix)), redis.pttl(keyOf(prefix))]);
  if (text === null || leftMs < 0) return undefined;
  return { ageSeconds: (KNOWN_MS - leftMs) / 1000, ...form.parse(JSON.parse(text)) };
}
