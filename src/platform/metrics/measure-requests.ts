import type { FastifyInstance } from 'fastify';
import { requestSeconds } from './counted.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What a request at a door asks for, as metrics call it; empty until its query was found valid. */
    operation: string;
  }
}

const DOOR = '/graphql/';

/** Times every request: at the doors by what is asked for, elsewhere by the pattern of the address. */
export function measureRequests(app: FastifyInstance): void {
  app.decorateRequest('operation', '');
  app.addHook('onResponse', (request, reply, done) => {
    const { url = 'unknown' } = request.routeOptions;
    const labels =
      url.startsWith(DOOR) && request.method === 'POST'
        ? { door: url.slice(DOOR.length), operation: request.operation || 'invalid' }
        : { door: 'none', operation: url };
    requestSeconds.observe(labels, reply.elapsedTime / 1000);
    done();
  });
}
