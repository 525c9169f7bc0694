import type { Redis } from 'ioredis';
import { addHealth, workerChecks } from '../src/health.ts';
import { createApp } from '../src/http.ts';
import { addMetrics } from '../src/metrics-route.ts';
import type { Deps } from '../src/platform/deps.ts';

/** The job process's own address. */
export interface Serving {
  /** "http://127.0.0.1:4001" */
  url: string;
  /** From now on /readyz says that the process is closing. */
  closing(): void;
  close(): Promise<void>;
}

/**
 * Serves /livez, /readyz and /metrics for the job process, on HOST and WORKER_PORT; does nothing when no port is
 * configured. Throws when it cannot listen.
 */
export async function serveHealth(deps: Deps, redis: Redis): Promise<Serving | undefined> {
  const { host, workerPort } = deps.config;
  if (workerPort === undefined) return undefined;
  const app = createApp(deps);
  const { closing } = addHealth(app, workerChecks(deps, redis));
  addMetrics(app, deps, redis);
  const url = await app.listen({ host, port: workerPort });
  return { url, closing, close: () => app.close() };
}
