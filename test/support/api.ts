import { type Api, buildApi } from '../../src/api.ts';
import type { Door } from '../../src/identity/caller.ts';
import { openSession } from '../../src/identity/sessions.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { connectRedis } from '../../src/platform/queue.ts';
import { type Answer, type Asked, ask } from './client.ts';

export interface TestApi {
  api: Api;
  /** "http://127.0.0.1:<port>" */
  url: string;
  ask(door: Door, query: string, rest?: Omit<Asked, 'query'>): Promise<Answer>;
  close(): Promise<void>;
}

/** The whole API on a free port, with real HTTP. Close it when the test, or the file, is done. */
export async function startApi(deps: Deps): Promise<TestApi> {
  const redis = connectRedis(deps.config.redisUrl);
  redis.on('error', () => {});
  const api = await buildApi(deps, { redis });
  const url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    api,
    url,
    ask: (door, query, rest) => ask(`${url}/graphql/${door}`, { query, ...rest }),
    close: async () => {
      await api.close();
      redis.disconnect();
    },
  };
}

/** An access token for a subject of a door, from a session of its own. */
export async function tokenFor(deps: Deps, door: Door, subjectId: string): Promise<string> {
  const session = await inTransaction(deps.db, (tx) => openSession(tx, deps, { door, subjectId, device: 'test' }));
  return session.accessToken;
}
