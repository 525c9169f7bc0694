import { buildApi } from './api.ts';
import { DOORS } from './doors.ts';
import { watchRedis } from './platform/outage.ts';
import { closeOnSignal } from './platform/process.ts';
import { connectRedis } from './platform/queue.ts';
import { start } from './start.ts';

/** The API process: listens on HOST and PORT until SIGTERM or SIGINT, and ends when what is under way has been answered. */
const deps = await start('xingfu-api');
const redis = watchRedis(connectRedis(deps.config.redisUrl), deps.log);
const api = await buildApi(deps, { redis });

closeOnSignal(deps.log, async () => {
  await api.drain();
  await api.close();
  redis.disconnect();
  await deps.db.destroy();
  await deps.tracer?.close();
});

try {
  const address = await api.app.listen({ host: deps.config.host, port: deps.config.port });
  console.log(`Xingfu listens: ${DOORS.map((door) => `${address}/graphql/${door}`).join('  ')}  ${address}/readyz`);
} catch (error) {
  console.error(`Cannot listen on ${deps.config.host}:${deps.config.port}: ${(error as Error).message}`);
  process.exit(1);
}
