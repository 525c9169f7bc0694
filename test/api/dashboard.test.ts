import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { beat } from '../../src/platform/heartbeat.ts';
import { connectRedis, Queues, queuePrefix } from '../../src/platform/queue.ts';
import { twoCities } from '../identity/world.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';

const ADDRESS = '{ queueDashboardAddress }';

let deps: TestDeps;
let api: TestApi;
let redis: ReturnType<typeof connectRedis>;
let queues: Queues;
beforeAll(async () => {
  deps = await testDeps();
  redis = connectRedis(deps.config.redisUrl);
  queues = new Queues(redis, queuePrefix(deps.config.databaseUrl));
  api = await startApi(deps);
});
// That at which `twoCities` signs its admins in.
beforeEach(() => deps.clock.set('2026-08-03T02:00:00.000Z'));
afterAll(async () => {
  await queues.get('greet').obliterate({ force: true });
  await redis.del(`${queuePrefix(deps.config.databaseUrl)}:heartbeat`);
  redis.disconnect();
  await api.close();
});

/** A province over two cities whose admin has asked for the address. */
async function aProvince() {
  const { root, eastern } = await twoCities();
  const addressFor = async (token: string): Promise<string | null> =>
    (await api.ask('admin', ADDRESS, { token })).data.queueDashboardAddress;
  return { root, eastern, addressFor, address: (await addressFor(root.tokens.accessToken))! };
}

const get = (path: string, cookie?: string, method = 'GET') =>
  fetch(`${api.url}${path}`, { method, redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });

/** Opens an address in a browser: the cookie that it brought. */
async function enter(address: string): Promise<string> {
  const response = await get(address);
  expect(response.status).toBe(200);
  return response.headers.get('set-cookie')!;
}

const bare = (cookie: string) => cookie.split(';')[0]!;

test('an admin of the whole tree gets from her sign-in to the queues, and sees their jobs', async () => {
  await beat(redis, queuePrefix(deps.config.databaseUrl), ['greet']);
  await queues.get('greet').add('greet', { name: 'anna' });
  const { address } = await aProvince();
  const cookie = await enter(address);
  expect(cookie).toMatch(/; Path=\/queues\/; Max-Age=300; HttpOnly; SameSite=Strict$/);

  const page = await get('/queues/', bare(cookie));
  const html = await page.text();
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(html).toContain('<base href="/queues/" />');
  expect(html).not.toMatch(/<%|https?:/);
  const [script] = /static\/js\/main\.\w+\.js/.exec(html)!;
  const served = await get(`/queues/${script}`, bare(cookie));
  expect(served.status).toBe(200);
  expect(served.headers.get('content-type')).toContain('javascript');

  const { queues: told } = (await (await get('/queues/api/queues?activeQueue=greet', bare(cookie))).json()) as {
    queues: { name: string; readOnlyMode: boolean; counts: object; jobs: object[] }[];
  };
  expect(told).toMatchObject([
    { name: 'greet', readOnlyMode: true, counts: { waiting: 1 }, jobs: [{ data: { name: 'anna' } }] },
  ]);
});

test('nobody else gets an address: an admin of a branch has no permission at the root', async () => {
  const { eastern, addressFor } = await aProvince();
  expect(await addressFor(eastern.tokens.accessToken)).toBeNull();
  expect((await api.ask('admin', ADDRESS)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('an address works once, for five minutes, and not when it was changed', async () => {
  const { address, addressFor, root } = await aProvince();
  await enter(address);
  const again = await get(address);
  expect(again.status).toBe(410);
  expect(await again.json()).toMatchObject({ refusal: { code: 'DASHBOARD_ADDRESS_SPENT' } });
  expect(again.headers.get('set-cookie')).toBeNull();

  deps.clock.advance({ seconds: 1 });
  const late = (await addressFor(root.tokens.accessToken))!;
  const changed = late.replace(/until=\d/, 'until=9');
  expect((await get(changed)).status).toBe(410);
  deps.clock.advance({ minutes: 5, seconds: 1 });
  expect((await get(late)).status).toBe(410);
});

test('no page is served without the cookie, with a forged one, or with an address in its place', async () => {
  const { address } = await aProvince();
  const query = encodeURIComponent(address.split('?')[1]!);
  for (const path of ['/queues/', '/queues/api/queues', '/queues/static/favicon.ico', '/queues/queue/greet'])
    for (const cookie of [undefined, 'xingfu_queues=x', 'xingfu_queues=%', `xingfu_queues=${query}`]) {
      const response = await get(path, cookie);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ refusal: { code: 'DASHBOARD_NOT_ENTERED' } });
    }
});

test('the cookie is worth nothing at the doors', async () => {
  const { address } = await aProvince();
  const cookie = bare(await enter(address));
  const token = decodeURIComponent(cookie.split('=').slice(1).join('='));
  const answer = await api.ask('admin', ADDRESS, { token });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_MALFORMED' } }]);
});

test('signing out shuts the pages, and so do five minutes without a look', async () => {
  const { address, addressFor, root } = await aProvince();
  const cookie = bare(await enter(address));
  deps.clock.advance({ minutes: 4 });
  const renewed = bare((await get('/queues/', cookie)).headers.get('set-cookie')!);
  deps.clock.advance({ minutes: 4 });
  expect((await get('/queues/', cookie)).status).toBe(401);
  expect((await get('/queues/', renewed)).status).toBe(200);

  const token = root.tokens.accessToken;
  expect(await addressFor(token)).not.toBeNull();
  await api.ask('admin', 'mutation { signOut(key: "sign-out-of-the-test") { __typename } }', { token });
  expect((await get('/queues/', renewed)).status).toBe(401);
});

test('nothing can be changed: what would retry, pause, clean or delete is not there', async () => {
  const job = await queues.get('greet').add('greet', { name: 'bo' });
  const { address } = await aProvince();
  const cookie = bare(await enter(address));
  for (const path of [
    '/queues/api/queues/greet/pause',
    '/queues/api/queues/greet/empty',
    '/queues/api/queues/greet/obliterate',
    '/queues/api/queues/greet/add',
    `/queues/api/queues/greet/${job.id}/retry`,
    `/queues/api/queues/greet/${job.id}/clean`,
    '/queues/api/queues/pause',
  ])
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect((await get(path, cookie, method)).status).toBe(404);
  expect(await queues.get('greet').getJob(job.id!)).toBeDefined();
  expect(await queues.get('greet').isPaused()).toBe(false);
});

test('no address becomes a path', async () => {
  const { address } = await aProvince();
  const cookie = bare(await enter(address));
  for (const path of ['../index.ejs', '..%2Findex.ejs', '%2e%2e/%2e%2e/package.json', 'js/../../index.ejs', ''])
    expect((await get(`/queues/static/${path}`, cookie)).status).toBe(404);
});
