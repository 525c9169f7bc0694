import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openidFromCode, phoneFromCode, WechatFault } from '../../src/identity/wechat.ts';
import { createLog } from '../../src/platform/log.ts';
import { type TestDeps, testConfig, testDeps, workerDatabase } from '../support/deps.ts';
import { WechatStandIn } from '../support/wechat-stand-in.ts';
import { accepted, refused } from './world.ts';

const SESSION = '/sns/jscode2session';
const PHONE = '/wxa/business/getuserphonenumber';
const TOKEN = '/cgi-bin/stable_token';

let wechat: WechatStandIn;
let deps: TestDeps;

beforeEach(async () => {
  wechat = new WechatStandIn();
  const config = testConfig(workerDatabase(), { WECHAT_BASE_URL: await wechat.start() });
  deps = { ...(await testDeps()), config };
});
afterEach(() => wechat.stop());

function paths(): string[] {
  return wechat.requests.map((request) => request.path);
}

test('a code of wx.login is traded for the openid, asked for as WeChat documents it', async () => {
  const code = wechat.loginCode('o6_bmjrPTlm6_2sgVt7hMZOPfL2M');
  expect(await openidFromCode(deps, code)).toEqual({ ok: true, value: 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M' });
  expect(wechat.requests).toHaveLength(1);
  expect(wechat.requests[0]).toMatchObject({ method: 'GET', path: SESSION });
  expect(Object.fromEntries(wechat.requests[0]!.query)).toEqual({
    appid: 'wx-test',
    secret: 'wechat-test-secret',
    js_code: code,
    grant_type: 'authorization_code',
  });
});

test('a code works once, and one that WeChat did not give never', async () => {
  const code = wechat.loginCode('openid-1');
  accepted(await openidFromCode(deps, code));
  expect(await openidFromCode(deps, code)).toMatchObject(refused('WECHAT_CODE_UNUSABLE'));
  expect(await openidFromCode(deps, '0a-made-up')).toMatchObject(refused('WECHAT_CODE_UNUSABLE'));
});

test.each(['', ' ', 'a b', 'x'.repeat(201), '码'])('what cannot be a code is not even sent: %o', async (code) => {
  expect(await openidFromCode(deps, code)).toMatchObject(refused('WECHAT_CODE_UNUSABLE'));
  expect(await phoneFromCode(deps, code)).toMatchObject(refused('WECHAT_CODE_UNUSABLE'));
  expect(wechat.requests).toEqual([]);
});

test.each([
  [40029, 'WECHAT_CODE_UNUSABLE'],
  [40163, 'WECHAT_CODE_UNUSABLE'],
  [41008, 'WECHAT_CODE_UNUSABLE'],
  [45011, 'WECHAT_TOO_OFTEN'],
  [40226, 'WECHAT_ACCOUNT_RESTRICTED'],
  [50002, 'WECHAT_ACCOUNT_RESTRICTED'],
])('error %i is refused as %s, asked once', async (errcode, code) => {
  wechat.next(SESSION, { errcode });
  expect(await openidFromCode(deps, wechat.loginCode('openid-1'))).toMatchObject(refused(code));
  expect(paths()).toEqual([SESSION]);
});

test.each([40001, 40002, 40013, 40066, 40125, 40164, 41002, 41004, 43002, 45009, 48001, 48004, 99999])(
  'error %i is a fault that tells the operator what to look at, and no secret',
  async (errcode) => {
    wechat.next(SESSION, { errcode });
    const code = wechat.loginCode('openid-1');
    const fault = await openidFromCode(deps, code).catch((error) => error);
    expect(fault).toBeInstanceOf(WechatFault);
    expect(fault).toMatchObject({ errcode, call: 'code2Session' });
    expect(fault.message).toMatch(new RegExp(`^WeChat code2Session answered ${errcode}: .{10}`));
    expect(fault.message).not.toContain('wechat-test-secret');
    expect(fault.message).not.toContain(code);
    expect(paths()).toEqual([SESSION]);
  },
);

test('wrong or missing credentials of the app are a fault', async () => {
  const baseUrl = deps.config.wechat.baseUrl;
  for (const [appId, appSecret, expected] of [
    ['wx-other', 'wechat-test-secret', 'answered 40013'],
    ['wx-test', 'other', 'answered 40125'],
    ['', '', 'WECHAT_APP_ID or WECHAT_APP_SECRET is not set'],
  ] as const) {
    const other = { ...deps, config: { ...deps.config, wechat: { appId, appSecret, baseUrl } } };
    await expect(openidFromCode(other, wechat.loginCode('openid-1'))).rejects.toThrow(expected);
    await expect(phoneFromCode(other, wechat.phoneCode('13812341234'))).rejects.toThrow(expected);
  }
});

test('when WeChat is busy it is asked once more', async () => {
  wechat.next(SESSION, { errcode: -1 });
  expect(await openidFromCode(deps, wechat.loginCode('openid-1'))).toEqual({ ok: true, value: 'openid-1' });
  expect(paths()).toEqual([SESSION, SESSION]);
});

test('when WeChat stays busy the person is told, after two requests', async () => {
  wechat.next(SESSION, { errcode: -1 }, { errcode: -1 });
  expect(await openidFromCode(deps, wechat.loginCode('openid-1'))).toMatchObject(refused('WECHAT_BUSY'));
  expect(paths()).toEqual([SESSION, SESSION]);
});

test('WeChat has three seconds to answer, and is not asked again: the code may be spent', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    wechat.next(SESSION, 'silence');
    const asked = wechat.asked();
    const answer = openidFromCode(deps, wechat.loginCode('openid-1'));
    await asked;
    let settled = false;
    void answer.then(() => {
      settled = true;
    });
    await vi.advanceTimersByTimeAsync(2_999);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toMatchObject(refused('WECHAT_BUSY'));
    expect(paths()).toEqual([SESSION]);
  } finally {
    vi.useRealTimers();
  }
});

test('a WeChat that cannot be reached, or has an error of its own, is busy for the person', async () => {
  wechat.next(SESSION, 'bad-gateway');
  expect(await openidFromCode(deps, wechat.loginCode('openid-1'))).toMatchObject(refused('WECHAT_BUSY'));
  const nobody = { ...deps.config.wechat, baseUrl: 'http://127.0.0.1:1' };
  const unreachable = { ...deps, config: { ...deps.config, wechat: nobody } };
  expect(await openidFromCode(unreachable, wechat.loginCode('openid-1'))).toMatchObject(refused('WECHAT_BUSY'));
});

test('an answer that is no JSON, or lacks what it should have, is a fault', async () => {
  wechat.next(SESSION, 'broken', 'empty');
  await expect(openidFromCode(deps, wechat.loginCode('openid-1'))).rejects.toThrow('not a JSON object');
  await expect(openidFromCode(deps, wechat.loginCode('openid-1'))).rejects.toThrow(
    'lacks what it is documented to have',
  );
  wechat.next(PHONE, 'broken', 'empty');
  await expect(phoneFromCode(deps, wechat.phoneCode('13812341234'))).rejects.toThrow('not a JSON object');
  await expect(phoneFromCode(deps, wechat.phoneCode('13812341234'))).rejects.toThrow('lacks what');
});

test('nothing secret or personal reaches the log, and the session key is not passed on', async () => {
  const lines: string[] = [];
  const log = createLog('trace');
  for (const level of ['warn', 'error', 'info', 'debug', 'trace'] as const)
    log[level] = ((...said: unknown[]) => lines.push(JSON.stringify(said))) as never;
  const watched = { ...deps, log };
  wechat.next(SESSION, 'bad-gateway', { errcode: -1 });
  const code = wechat.loginCode('openid-1');
  await openidFromCode(watched, code);
  expect(JSON.stringify(await openidFromCode(watched, code))).not.toContain('HyVFkGl5F5OQWJZZaNzBBg');
  await phoneFromCode(watched, wechat.phoneCode('13812341234'));
  expect(lines).toHaveLength(1);
  for (const secret of ['wechat-test-secret', code, 'HyVFkGl5', '13812341234', 'stand-in-token'])
    expect(lines.join()).not.toContain(secret);
});

test('a phone code is traded for the number, with the access token of the server', async () => {
  const code = wechat.phoneCode('13812341234');
  expect(await phoneFromCode(deps, code)).toEqual({ ok: true, value: '13812341234' });
  expect(wechat.requests).toMatchObject([
    {
      method: 'POST',
      path: TOKEN,
      body: { grant_type: 'client_credential', appid: 'wx-test', secret: 'wechat-test-secret' },
    },
    { method: 'POST', path: PHONE, body: { code } },
  ]);
  expect(await phoneFromCode(deps, code)).toMatchObject(refused('WECHAT_CODE_UNUSABLE'));
});

test('a foreign number keeps its country code', async () => {
  expect(await phoneFromCode(deps, wechat.phoneCode('61234567', '852'))).toEqual({ ok: true, value: '+85261234567' });
  expect(await phoneFromCode(deps, wechat.phoneCode('13812341234', '86'))).toEqual({ ok: true, value: '13812341234' });
});

test('the access token is fetched once for many at once, kept, and fetched anew before it ends', async () => {
  await Promise.all(Array.from({ length: 5 }, () => phoneFromCode(deps, wechat.phoneCode('13812341234'))));
  expect(paths().filter((path) => path === TOKEN)).toHaveLength(1);
  deps.clock.advance({ seconds: 7139 });
  accepted(await phoneFromCode(deps, wechat.phoneCode('13812341234')));
  expect(paths().filter((path) => path === TOKEN)).toHaveLength(1);
  deps.clock.advance({ seconds: 1 });
  accepted(await phoneFromCode(deps, wechat.phoneCode('13812341234')));
  expect(paths().filter((path) => path === TOKEN)).toHaveLength(2);
});

test('an access token that another program replaced is fetched anew, once', async () => {
  accepted(await phoneFromCode(deps, wechat.phoneCode('13812341234')));
  wechat.replaceAccessToken();
  const five = await Promise.all(Array.from({ length: 5 }, () => phoneFromCode(deps, wechat.phoneCode('13812341234'))));
  expect(five.every((one) => one.ok)).toBe(true);
  expect(paths().filter((path) => path === TOKEN)).toHaveLength(2);
});

test.each([40001, 40014, 42001])(
  'an access token that stays refused (%i) is a fault after two tries',
  async (errcode) => {
    wechat.next(PHONE, { errcode }, { errcode });
    await expect(phoneFromCode(deps, wechat.phoneCode('13812341234'))).rejects.toThrow(`answered ${errcode}`);
    expect(paths()).toEqual([TOKEN, PHONE, TOKEN, PHONE]);
  },
);

test.each([
  [40029, 'WECHAT_CODE_UNUSABLE'],
  [45011, 'WECHAT_TOO_OFTEN'],
])('error %i of the phone call is refused as %s', async (errcode, code) => {
  wechat.next(PHONE, { errcode });
  expect(await phoneFromCode(deps, wechat.phoneCode('13812341234'))).toMatchObject(refused(code));
});

test('when no access token can be had the person is told, and the next one is served again', async () => {
  wechat.next(TOKEN, { errcode: -1 }, { errcode: -1 });
  expect(await phoneFromCode(deps, wechat.phoneCode('13812341234'))).toMatchObject(refused('WECHAT_BUSY'));
  expect(await phoneFromCode(deps, wechat.phoneCode('13812341234'))).toMatchObject({ ok: true });
  wechat.replaceAccessToken();
  wechat.next(TOKEN, { errcode: 40164 });
  await expect(phoneFromCode(deps, wechat.phoneCode('13812341234'))).rejects.toThrow('IP white list');
  expect(await phoneFromCode(deps, wechat.phoneCode('13812341234'))).toMatchObject({ ok: true });
});
