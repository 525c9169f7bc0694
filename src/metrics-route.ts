import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Redis } from 'ioredis';
import type { Deps } from './platform/deps.ts';
import { counted } from './platform/metrics/counted.ts';
import { createGauges } from './platform/metrics/gauges.ts';

/**
 * Adds `GET /metrics` to an app, in Prometheus' text form, for whoever sends METRICS_TOKEN as a bearer token. Without
 * that token in the configuration there is no such address; with a wrong one it answers as if there were none.
 */
export function addMetrics(app: FastifyInstance, deps: Deps, redis: Redis): void {
  const { metricsToken } = deps.config;
  if (metricsToken === undefined) return;
  const wanted = Buffer.from(`Bearer ${metricsToken}`);
  const gauges = createGauges(deps, redis);
  app.get('/metrics', async (request, reply) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return reply.callNotFound();
    const text = [await counted.metrics(), await gauges.text()].join('\n');
    return reply.type(counted.contentType).send(text);
  });
}
