import { randomInt } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { buildDoorSchema, DOORS } from '../../src/doors.ts';
import type { Door } from '../../src/identity/caller.ts';
import { createLimits, type Limits } from '../../src/identity/limits.ts';
import { connectRedis, queuePrefix } from '../../src/platform/queue.ts';
import { startApi, type TestApi } from '../support/api.ts';
import type { AskedError } from '../support/client.ts';
import { type TestDeps, testConfig, testDeps, workerDatabase } from '../support/deps.ts';
import type { RootField } from './arguments.ts';

/** After everything that the worlds of the other tests make. */
const NOW = '2026-09-20T02:00:00.000Z';

export interface Said {
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for.
  data: any;
  errors: AskedError[];
}

export interface Doors {
  deps: TestDeps;
  api: TestApi;
  schemas: Record<Door, GraphQLSchema>;
  /** The limits of the API, seen from another process. */
  attempts: Limits;
  /** An address of this run's own, so that attempts of other tests do not count. */
  address: string;
  close(): Promise<void>;
  /** Asks a door without a network, from that address when no other is given. */
  ask(door: Door, operation: { query: string; variables?: object }, token?: string, from?: string): Promise<Said>;
}

/** The three doors, as in production unless said otherwise, and their schemas; WeChat is out of reach. */
export async function openDoors(overrides: Record<string, string> = {}, log?: TestDeps['log']): Promise<Doors> {
  const shared = await testDeps();
  const production = { NODE_ENV: 'production', WECHAT_BASE_URL: 'http://127.0.0.1:9' };
  const deps = {
    ...shared,
    config: testConfig(workerDatabase(), { ...production, ...overrides }),
    ...(log && { log }),
  };
  deps.clock.set(NOW);
  const api = await startApi(deps);
  const schemas = {} as Record<Door, GraphQLSchema>;
  for (const door of DOORS) schemas[door] = await buildDoorSchema(door, deps.config);
  const redis = connectRedis(deps.config.redisUrl);
  const attempts = createLimits(redis, queuePrefix(deps.config.databaseUrl));
  const address = anAddress();
  const ask: Doors['ask'] = async (door, { query, variables }, token, from = address) => {
    const response = await api.api.app.inject({
      method: 'POST',
      url: `/graphql/${door}`,
      remoteAddress: from,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      payload: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = response.json();
    return { data, errors };
  };
  const close = async () => {
    await attempts.close();
    redis.disconnect();
    await api.close();
  };
  return { deps, api, schemas, ask, attempts, address, close };
}

/** An address that no other test comes from. */
export function anAddress(): string {
  return `10.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** What became of a request for one root field: the code of its error, or of its refusal, or what it showed. */
export function outcomeOf({ name }: Pick<RootField, 'name'>, { data, errors }: Said): string {
  const [error] = errors;
  if (error) return error.extensions.code;
  const shown = data[name];
  if (shown === null || typeof shown !== 'object') return JSON.stringify(shown);
  if (Array.isArray(shown)) return shown.length === 0 ? 'nothing' : `${shown.length} shown`;
  if (shown.nodes) return shown.nodes.length === 0 ? 'nothing' : `${shown.nodes.length} shown`;
  return shown.code ?? shown.__typename;
}

/** Works through a list, eight at a time, and resolves with what came of each. */
export async function eightAtATime<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += 8)
    results.push(...(await Promise.all(items.slice(from, from + 8).map(work))));
  return results;
}

/** The checksum of every table. */
export async function everything({ db }: TestDeps, leftOut: readonly string[] = []): Promise<Record<string, string>> {
  const tables: { name: string }[] = await db.query(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  );
  const names = tables.map(({ name }) => name).filter((name) => !leftOut.includes(name));
  const rows: { Table: string; Checksum: string | null }[] = await db.query(
    `CHECKSUM TABLE ${names.map((name) => `\`${name}\``).join(', ')}`,
  );
  return Object.fromEntries(rows.map(({ Table, Checksum }) => [Table.split('.')[1]!, String(Checksum)]));
}
