import { expect, test } from 'vitest';
import { ask } from '../support/client.ts';
import { testDeps } from '../support/deps.ts';
import { processEnvironment } from '../support/environment.ts';
import { startProcess } from '../support/process.ts';

test('on SIGTERM the API says first that it is closing, then takes nothing new, and answers what is under way', async () => {
  const { db } = await testDeps();
  const api = startProcess('src/main.ts', processEnvironment({ NODE_ENV: 'test', DRAIN_SECONDS: '2' }));
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(await api.line(/^Xingfu listens/))!;
  const door = `${url}/graphql/member`;

  const session = db.createQueryRunner();
  await session.query('LOCK TABLES member WRITE');
  const underWay = ask(door, { query: 'mutation { developmentSignIn(staffNumber: "S0") { __typename } }' });
  await expect
    .poll(async () => (await db.query('SHOW PROCESSLIST')).map((row: { State: string }) => row.State))
    .toContain('Waiting for table metadata lock');

  const ended = api.end('SIGTERM');
  const readiness = async () => {
    const response = await fetch(`${url}/readyz`);
    return { status: response.status, ...((await response.json()) as object) };
  };
  await expect.poll(readiness).toMatchObject({ status: 503, ready: false, state: 'closing' });
  expect((await ask(door, { query: '{ __typename }' })).data).toEqual({ __typename: 'Query' });
  await expect.poll(() => fetch(`${url}/livez`).catch(() => 'refused'), { timeout: 10_000 }).toBe('refused');

  await session.query('UNLOCK TABLES');
  await session.release();
  expect((await underWay).data).toMatchObject({ developmentSignIn: { __typename: 'Refusal' } });
  expect(await ended).toBe(0);
}, 120_000);
