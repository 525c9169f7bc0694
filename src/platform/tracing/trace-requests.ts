import type { Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Tracer } from './tracer.ts';

/** Gives each request a trace of its own, from its first byte to the last of the answer, with the request's number. */
export function traceRequests(app: FastifyInstance, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', (request, _reply, done) => {
    // The route's pattern: an address can hold a number or a signature.
    const route = request.routeOptions.url ?? 'unknown';
    const attributes = { 'http.request.method': request.method, 'http.route': route, 'xingfu.request_id': request.id };
    spans.set(request, tracer.begin(`${request.method} ${route}`, attributes, { under: null }));
    done();
  });
  // Not earlier: reading the body ends in a turn of the event loop that knows nothing of the request.
  app.addHook('preHandler', (request, _reply, done) => tracer.within(spans.get(request)!, done));
  app.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    span?.end();
    done();
  });
}
