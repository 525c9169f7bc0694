import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Config } from '../platform/config.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, type Refusal, type Result, refuse } from '../platform/result.ts';
import { wechatAccountRestricted, wechatBusy, wechatCodeUnusable, wechatTooOften } from './refusals.ts';

type WechatDeps = Pick<Deps, 'config' | 'clock' | 'log'>;

const TIMEOUT_MS = 3_000;
const PAUSE_BEFORE_RETRY_MS = 100;
const SYSTEM_BUSY = -1;

/** Error codes at which the person can do something. */
const REFUSALS = new Map<number, Refusal>([
  [SYSTEM_BUSY, wechatBusy],
  // Not one of WeChat's codes, older than five minutes, or of another call.
  [40029, wechatCodeUnusable],
  [40163, wechatCodeUnusable],
  [41008, wechatCodeUnusable],
  [45011, wechatTooOften],
  [40226, wechatAccountRestricted],
  [50002, wechatAccountRestricted],
]);

/** Error codes at which the operator of this server must do something, and what. */
const FAULTS = new Map<number, string>([
  [40001, 'WECHAT_APP_SECRET is wrong, or the access token was replaced by another program'],
  [40002, 'the grant type is not accepted: this server and the WeChat interface no longer fit'],
  [40013, 'WECHAT_APP_ID is wrong, or not that of the mini-program which made the code'],
  [40014, 'the access token is not accepted'],
  [40066, 'WECHAT_BASE_URL is wrong: WeChat does not know the address that was called'],
  [40125, 'WECHAT_APP_SECRET is wrong'],
  [40164, 'the address of this server is not on the IP white list of the mini-program'],
  [41001, 'the access token did not reach WeChat: look for a proxy that changes requests'],
  [41002, 'WECHAT_APP_ID did not reach WeChat'],
  [41004, 'WECHAT_APP_SECRET did not reach WeChat'],
  [42001, 'the access token has expired although it was new: look at the clock of this server'],
  [43002, 'WeChat wants POST: look for a proxy that changes requests'],
  [44002, 'the body did not reach WeChat: look for a proxy that changes requests'],
  [45009, 'the daily quota of this WeChat interface is used up'],
  [47001, 'WeChat could not read the body: look for a proxy that changes requests'],
  [48001, 'the mini-program has no permission for this interface; apply for it at mp.weixin.qq.com'],
  [48004, 'WeChat has banned this interface for the mini-program; see mp.weixin.qq.com'],
]);

/** Thrown when WeChat answers with what only the operator of this server can mend. Carries no secret and no code. */
export class WechatFault extends Error {
  constructor(
    readonly call: string,
    readonly errcode: number | null,
    explanation: string,
  ) {
    super(`WeChat ${call}${errcode === null ? '' : ` answered ${errcode}`}: ${explanation}`);
  }
}

const failure = z.object({ errcode: z.number().int().optional() });

/**
 * Makes one call and reads its JSON whatever the content type says (WeChat says text/plain). Undefined when WeChat
 * cannot be reached, does not answer within three seconds or has an error of its own (5xx).
 */
async function callOnce(deps: WechatDeps, call: string, url: URL, body: unknown): Promise<object | undefined> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  let text: string;
  try {
    const response = await fetch(url, {
      signal: stop.signal,
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    text = await response.text();
    if (response.status >= 500) throw new Error(`HTTP ${response.status}`);
  } catch (error) {
    // The URL holds secrets, so of the error only its kind is told.
    const why = stop.signal.aborted ? 'timeout' : ((error as Error).cause as { code?: string })?.code;
    deps.log.warn({ call, why: why ?? (error as Error).message }, 'WeChat cannot be reached');
    return undefined;
  } finally {
    clearTimeout(timer);
  }
  try {
    return z.looseObject({}).parse(JSON.parse(text));
  } catch {
    throw new WechatFault(call, null, 'the answer is not a JSON object: look for a proxy in between');
  }
}

/** Makes a call, once more when WeChat says that it is busy. Refusals as in `REFUSALS`; throws a WechatFault for the other codes. */
async function ask<T>(
  deps: WechatDeps,
  call: string,
  url: URL,
  answer: z.ZodType<T>,
  body?: unknown,
): Promise<Result<T>> {
  for (let attempt = 1; ; attempt++) {
    const said = await callOnce(deps, call, url, body);
    if (said === undefined) return refuse(wechatBusy);
    const errcode = failure.safeParse(said).data?.errcode ?? 0;
    if (errcode === SYSTEM_BUSY && attempt === 1) {
      await pause(PAUSE_BEFORE_RETRY_MS);
      continue;
    }
    const refusal = REFUSALS.get(errcode);
    if (refusal) return refuse(refusal);
    if (errcode !== 0) throw new WechatFault(call, errcode, FAULTS.get(errcode) ?? 'this error code is not documented');
    const read = answer.safeParse(said);
    if (!read.success) throw new WechatFault(call, null, 'the answer lacks what it is documented to have');
    return accept(read.data);
  }
}

/** The app's own credentials; a fault when they are not configured. */
function app(config: Config): { appid: string; secret: string } {
  const { appId, appSecret } = config.wechat;
  if (appId === '' || appSecret === '')
    throw new WechatFault('sign-in', null, 'WECHAT_APP_ID or WECHAT_APP_SECRET is not set');
  return { appid: appId, secret: appSecret };
}

// The session key is in the answer too. It is not read, so it can be neither stored nor logged nor returned.
const session = z.object({ openid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });

/**
 * Trades the code of wx.login for the openid of the WeChat account (code2Session). A code lives five minutes and works
 * once, so after any refusal the client calls wx.login again. Refusals WECHAT_CODE_UNUSABLE, WECHAT_TOO_OFTEN,
 * WECHAT_ACCOUNT_RESTRICTED, WECHAT_BUSY; throws a WechatFault on what the operator must mend.
 */
export async function openidFromCode(deps: WechatDeps, code: string): Promise<Result<string>> {
  if (!isCode(code)) return refuse(wechatCodeUnusable);
  const url = new URL('/sns/jscode2session', deps.config.wechat.baseUrl);
  url.search = new URLSearchParams({
    ...app(deps.config),
    js_code: code,
    grant_type: 'authorization_code',
  }).toString();
  const answer = await ask(deps, 'code2Session', url, session);
  return answer.ok ? accept(answer.value.openid) : answer;
}

function isCode(code: string): boolean {
  return /^[A-Za-z0-9_-]{1,200}$/.test(code);
}

const phoneInfo = z.object({
  phone_info: z.object({ purePhoneNumber: z.string().min(1), countryCode: z.coerce.string() }),
});
const TOKEN_REFUSED = new Set([40001, 40014, 42001]);

/**
 * Trades the code of the button "getPhoneNumber" for the phone number that WeChat has verified, without its country code
 * when that is 86. Refusals and faults as `openidFromCode`; the client asks for a new code by the button.
 */
export async function phoneFromCode(deps: WechatDeps, code: string): Promise<Result<string>> {
  if (!isCode(code)) return refuse(wechatCodeUnusable);
  for (let attempt = 1; ; attempt++) {
    const held = heldToken(deps);
    const token = await held.answer;
    if (!token.ok) return token;
    const url = new URL('/wxa/business/getuserphonenumber', deps.config.wechat.baseUrl);
    url.searchParams.set('access_token', token.value.access_token);
    try {
      const answer = await ask(deps, 'getPhoneNumber', url, phoneInfo, { code });
      if (!answer.ok) return answer;
      const { purePhoneNumber, countryCode } = answer.value.phone_info;
      return accept(countryCode === '86' ? purePhoneNumber : `+${countryCode}${purePhoneNumber}`);
    } catch (error) {
      const tokenRefused = error instanceof WechatFault && TOKEN_REFUSED.has(error.errcode ?? 0);
      if (!tokenRefused || attempt === 2) throw error;
      drop(deps.config, held);
    }
  }
}

const stableToken = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

interface HeldToken {
  answer: Promise<Result<z.infer<typeof stableToken>>>;
  /** Milliseconds of the epoch; infinite while WeChat has not answered. */
  until: number;
}

/** The access token of this server, one for each configuration; all who want it at once share one call. */
const heldTokens = new WeakMap<Config['wechat'], HeldToken>();

function drop(config: Config, held: HeldToken): void {
  if (heldTokens.get(config.wechat) === held) heldTokens.delete(config.wechat);
}

function heldToken(deps: WechatDeps): HeldToken {
  const now = deps.clock.now().getTime();
  const known = heldTokens.get(deps.config.wechat);
  if (known && now < known.until) return known;
  const url = new URL('/cgi-bin/stable_token', deps.config.wechat.baseUrl);
  const body = { grant_type: 'client_credential', ...app(deps.config) };
  const held: HeldToken = {
    answer: ask(deps, 'getStableAccessToken', url, stableToken, body),
    until: Number.POSITIVE_INFINITY,
  };
  heldTokens.set(deps.config.wechat, held);
  held.answer.then(
    (answer) => {
      // A minute early, so that it does not end on the way.
      if (answer.ok) held.until = now + (answer.value.expires_in - 60) * 1000;
      else drop(deps.config, held);
    },
    () => drop(deps.config, held),
  );
  return held;
}
