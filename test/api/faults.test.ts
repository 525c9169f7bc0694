import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { entities } from '../../src/entities.ts';
import { createDataSource } from '../../src/platform/db/data-source.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { codes } from '../support/client.ts';
import { databaseUrl } from '../support/database.ts';
import { testConfig, testDeps, workerDatabase } from '../support/deps.ts';
import { aProgramme, members } from '../support/ledger.ts';
import { wayTo } from '../support/way.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** An API whose way to MariaDB and Redis the test can cut, and what it logs. */
async function cuttableApi() {
  const { clock, db: direct } = await testDeps();
  const mariadb = await wayTo(databaseUrl(workerDatabase()));
  const redis = await wayTo(process.env.REDIS_URL!);
  undo.push(mariadb.close, redis.close);
  const config = testConfig(workerDatabase(), { DATABASE_URL: mariadb.url, REDIS_URL: redis.url });
  const db = await createDataSource({ url: mariadb.url, pool: 4, entities }).initialize();
  undo.push(() => db.destroy());
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  const deps = { config, db, clock, log };
  const api = await startApi(deps);
  undo.push(api.close);
  const { unionId } = await aProgramme({ ...deps, db: direct });
  const [memberId] = await members(direct, unionId, 1);
  return { api, deps, direct, mariadb, redis, lines, memberId: memberId! };
}

const DEVELOPMENT_SIGN_IN = 'mutation { developmentSignIn(staffNumber: "S0") { __typename } }';
const ready = async ({ url }: TestApi) => {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, ...((await response.json()) as object) };
};

test('a fault is masked, and logged once with the number that the client is told', async () => {
  const { api, direct, lines } = await cuttableApi();
  await direct.query('RENAME TABLE member TO member_gone');
  undo.push(() => direct.query('RENAME TABLE member_gone TO member'));

  const english = await api.ask('member', DEVELOPMENT_SIGN_IN, { language: 'en' });
  const number = english.headers.get('x-request-id')!;
  expect(english.errors).toMatchObject([
    { message: expect.stringContaining(`on our side (request ${number})`), extensions: { code: 'INTERNAL' } },
  ]);
  expect(JSON.stringify(english)).not.toMatch(/SELECT|member_gone|xingfu_test|\.ts/);
  const ofThis = lines.filter((line) => line.includes(number));
  expect(ofThis).toHaveLength(1);
  expect(JSON.parse(ofThis[0]!)).toMatchObject({
    requestId: number,
    error: { errorCode: 'ER_NO_SUCH_TABLE', stack: expect.stringContaining('.ts') },
  });

  const chinese = await api.ask('member', DEVELOPMENT_SIGN_IN);
  expect(chinese.errors[0]?.message).toContain(chinese.headers.get('x-request-id'));
  expect(chinese.errors[0]?.message).toContain('我们这边出了问题');
});

test('what a statement carried never reaches the log', async () => {
  const { api, direct, lines } = await cuttableApi();
  await direct.query('RENAME TABLE member TO member_gone');
  undo.push(() => direct.query('RENAME TABLE member_gone TO member'));
  await api.ask('member', 'mutation { developmentSignIn(staffNumber: "13800138000") { __typename } }');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('13800138000');
});

test('while MariaDB is away requests are UNAVAILABLE, the process lives, and it serves again by itself', async () => {
  const { api, deps, mariadb, memberId } = await cuttableApi();
  const token = await tokenFor(deps, 'member', memberId);
  expect(await ready(api)).toMatchObject({ status: 200, ready: true });

  await mariadb.cut();
  for (const language of ['en', 'zh'] as const) {
    const public_ = await api.ask('member', DEVELOPMENT_SIGN_IN, { language });
    expect(codes(public_)).toEqual(['UNAVAILABLE']);
    expect(public_.errors[0]?.message).toContain(
      language === 'en' ? 'your key keeps it safe to repeat' : '不会重复办理',
    );
  }
  const unknownCaller = await api.ask('member', '{ me { id } }', { token });
  expect(unknownCaller.status).toBe(503);
  expect(codes(unknownCaller)).toEqual(['UNAVAILABLE']);
  expect(await ready(api)).toMatchObject({
    status: 503,
    ready: false,
    state: 'not ready',
    checks: { redis: 'ok', database: expect.stringContaining('ECONNREFUSED') },
  });
  expect((await fetch(`${api.url}/livez`)).status).toBe(200);

  await mariadb.mend();
  const again = await api.ask('member', '{ me { id } }', { token });
  expect(again.data).toEqual({ me: { id: memberId } });
});

test('while Redis is away the doors go on serving, so the API stays ready and says that it is degraded', async () => {
  const { api, deps, redis, memberId } = await cuttableApi();
  const token = await tokenFor(deps, 'member', memberId);
  await redis.cut();
  await expect
    .poll(() => ready(api))
    .toMatchObject({
      status: 200,
      ready: true,
      state: 'degraded',
      checks: {
        database: 'ok',
        redis: expect.stringContaining('is not connected'),
        jobs: expect.stringContaining('is not connected'),
      },
    });
  const answer = await api.ask('member', '{ me { id } }', { token });
  expect(answer.data).toEqual({ me: { id: memberId } });
  const guess = await api.ask(
    'merchant',
    'mutation { signIn(login: "nobody", password: "wrong-password-1") { __typename ... on Refusal { code } } }',
  );
  expect(codes(guess)).toEqual([]);
  await redis.mend();
});

test('a database whose migrations are not done is not ready', async () => {
  const { api, direct } = await cuttableApi();
  const [last] = await direct.query('SELECT * FROM schema_migration ORDER BY timestamp DESC LIMIT 1');
  await direct.query('DELETE FROM schema_migration WHERE id = ?', [last.id]);
  undo.push(() => direct.query('INSERT INTO schema_migration VALUES (?)', [Object.values(last)]));
  expect(await ready(api)).toMatchObject({
    status: 503,
    ready: false,
    checks: { database: 'ok', migrations: expect.stringContaining('1 migration') },
  });
});

test('closing answers what is under way and takes nothing new', async () => {
  const { api, direct } = await cuttableApi();
  const session = direct.createQueryRunner();
  await session.startTransaction();
  await session.query('LOCK TABLES member WRITE');
  const underWay = api.ask('member', DEVELOPMENT_SIGN_IN);
  await expect
    .poll(async () => (await direct.query('SHOW PROCESSLIST')).map((row: { State: string }) => row.State))
    .toContain('Waiting for table metadata lock');
  const closed = api.close();
  await expect.poll(() => fetch(`${api.url}/livez`).catch(() => 'refused')).toBe('refused');
  await session.query('UNLOCK TABLES');
  await session.release();
  expect((await underWay).data).toMatchObject({ developmentSignIn: { __typename: expect.any(String) } });
  await closed;
});
