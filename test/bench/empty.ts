/** The reference `empty` as the load client is told of it: see empty-server.ts. */
import { CONNECTIONS } from './bench.ts';
import type { Target } from './load.ts';
import type { Server } from './server.ts';

/** The mutation that does nothing, with an Authorization header of the usual length that nobody reads. */
export function emptyTarget(server: Server, callers: string[]): Target {
  return {
    origins: [server.origin],
    path: '/graphql',
    query: 'mutation Empty($key: String!) { empty(key: $key) }',
    accepted: '{"data":{"empty":true}}',
    decks: [{ callers, variables: [''], once: false }],
    connections: CONNECTIONS,
  };
}
