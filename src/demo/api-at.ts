import type { DataSource } from 'typeorm';
import { buildApi } from '../api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { createLog } from '../platform/log.ts';
import { connectRedis } from '../platform/queue.ts';

/**
 * Opens the three doors once more on a port of their own, by another clock, while `act` uses them: what is done there
 * happened then. `act` gets their address.
 */
export async function withApiAt<T>(
  config: Config,
  db: DataSource,
  clock: Clock,
  act: (url: string) => Promise<T>,
): Promise<T> {
  const redis = connectRedis(config.redisUrl);
  const api = await buildApi({ config, db, clock, log: createLog('warn') }, { redis });
  try {
    return await act(await api.app.listen({ host: '127.0.0.1', port: 0 }));
  } finally {
    await api.close();
    redis.disconnect();
  }
}
