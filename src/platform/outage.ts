import type { Redis } from 'ioredis';
import { describeError } from './describe-error.ts';
import type { Log } from './log.ts';

/** Tells the log once that something is away and once that it is back, however often it is asked for meanwhile. */
export class Outage {
  private isOn = false;

  constructor(
    private readonly log: Log,
    private readonly what: string,
  ) {}

  began(error: unknown): void {
    if (this.isOn) return;
    this.isOn = true;
    const { stack: _, ...description } = describeError(error);
    this.log.warn({ error: description }, `${this.what} is away; trying again until it is back`);
  }

  ended(): void {
    if (!this.isOn) return;
    this.isOn = false;
    this.log.info(`${this.what} is back`);
  }
}

/** Lets a Redis connection's troubles be heard once each, instead of once for each try to connect. */
export function watchRedis(redis: Redis, log: Log): Redis {
  const outage = new Outage(log, 'Redis');
  redis.on('error', (error) => outage.began(error));
  redis.on('ready', () => outage.ended());
  return redis;
}
