import { type Audit, type AuditResult, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOORS } from '../../src/doors.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { testConfig, testDeps, workerDatabase } from '../support/deps.ts';

let api: TestApi;
beforeAll(async () => {
  const deps = await testDeps();
  // As in production but for introspection, which is what several of the audits ask.
  const config = testConfig(workerDatabase(), { NODE_ENV: 'production', INTROSPECTION: 'on' });
  api = await startApi({ ...deps, config });
});
afterAll(() => api.close());

const GET = 'POST alone is served: a query in an address would end up in the logs of every proxy';
const REFUSED = 'a request that was not carried out says so in its status too, whatever form the client accepts';

/** What a server SHOULD or MAY do and these doors do not, by its number, and why. */
const NOT_DONE: Record<string, string> = {
  '5A70': GET,
  D6D5: GET,
  '6A70': GET,
  '572B': REFUSED,
  FDE2: REFUSED,
  '7B9B': REFUSED,
};

async function audited({ id, name, fn }: Audit): Promise<string> {
  const result: AuditResult = await fn();
  return `${id} ${name}: ${result.status === 'ok' ? 'ok' : result.reason}`;
}

test.each(DOORS)('the %s door does all that GraphQL over HTTP says it must, and lacks what is listed', async (door) => {
  const results = await Promise.all(serverAudits({ url: `${api.url}/graphql/${door}` }).map(audited));
  const missed = results.filter((result) => !result.endsWith(': ok'));
  expect(missed.filter((result) => result.includes(' MUST '))).toEqual([]);
  expect(missed.map((result) => result.split(' ')[0]).sort()).toEqual(Object.keys(NOT_DONE).sort());
  expect(results.filter((result) => result.includes(' MUST ')).length).toBeGreaterThan(5);
});
