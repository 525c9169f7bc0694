import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in was asked, in order. */
export interface WechatRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** What to do with the next request to a path, instead of answering as usual. */
export type Misbehaviour =
  | { errcode: number; errmsg?: string }
  /** Never answers. */
  | 'silence'
  /** Answers with what is no JSON, as a captive portal would. */
  | 'broken'
  /** HTTP 502. */
  | 'bad-gateway'
  /** JSON without the fields that the documentation promises. */
  | 'empty';

/**
 * WeChat's server for mini-programs, as far as sign-in needs it, on a port of its own: HTTP 200 with errcode and errmsg
 * for every error, JSON under the content type text/plain, codes that work once.
 */
export class WechatStandIn {
  readonly requests: WechatRequest[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));
  private readonly misbehaviours = new Map<string, Misbehaviour[]>();
  private readonly loginCodes = new Map<string, string>();
  private readonly phoneCodes = new Map<string, { phone: string; countryCode: number | string }>();
  private readonly used = new Set<string>();
  private tokenNumber = 1;
  private issued = 0;
  private waiting: (() => void)[] = [];

  constructor(
    readonly appId = 'wx-test',
    readonly appSecret = 'wechat-test-secret',
  ) {}

  /** Starts to listen; resolves with the base URL for WECHAT_BASE_URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A code as wx.login gives it to the user with this openid. */
  loginCode(openid: string): string {
    const code = `0a${String(++this.issued).padStart(30, '0')}`;
    this.loginCodes.set(code, openid);
    return code;
  }

  /** A code as the button "getPhoneNumber" gives it to the user with this phone. */
  phoneCode(phone: string, countryCode: number | string = 86): string {
    const code = `e3${String(++this.issued).padStart(62, '0')}`;
    this.phoneCodes.set(code, { phone, countryCode });
    return code;
  }

  /** Makes the next requests to a path go wrong, one after the other. */
  next(path: string, ...wrong: Misbehaviour[]): void {
    this.misbehaviours.set(path, [...(this.misbehaviours.get(path) ?? []), ...wrong]);
  }

  /** Makes the access token that was given out worthless, as a forced refresh by another program does. */
  replaceAccessToken(): void {
    this.tokenNumber += 1;
  }

  /** Resolves when the next request has come in. */
  asked(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    let text = '';
    for await (const chunk of request) text += chunk;
    const asked = { method: request.method ?? '', path: url.pathname, query: url.searchParams, body: parse(text) };
    this.requests.push(asked);
    for (const resolve of this.waiting.splice(0)) resolve();
    const wrong = this.misbehaviours.get(url.pathname)?.shift();
    if (wrong === 'silence') return;
    if (wrong === 'broken') return void response.end('<html>Please sign in to the network</html>');
    if (wrong === 'bad-gateway') return void response.writeHead(502).end('Bad Gateway');
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(
      JSON.stringify(wrong === 'empty' ? {} : wrong ? error(wrong.errcode, wrong.errmsg) : this.answer(asked)),
    );
  }

  private answer(asked: WechatRequest): object {
    if (asked.path === '/sns/jscode2session') return this.codeToSession(asked.query);
    if (asked.method !== 'POST') return error(43002, 'require POST method');
    if (asked.path === '/cgi-bin/stable_token')
      return this.stableToken(asked.body as Record<string, unknown> | undefined);
    if (asked.path === '/wxa/business/getuserphonenumber') return this.phoneNumber(asked);
    return error(40066, 'invalid url');
  }

  private codeToSession(query: URLSearchParams): object {
    const wrong = this.credentials(query.get('appid'), query.get('secret'));
    if (wrong) return wrong;
    if (query.get('grant_type') !== 'authorization_code') return error(40002, 'invalid grant_type');
    const code = query.get('js_code');
    if (!code) return error(41008, 'missing code');
    if (this.used.has(code)) return error(40163, 'code been used');
    const openid = this.loginCodes.get(code);
    if (!openid) return error(40029, 'invalid code');
    this.used.add(code);
    return { session_key: 'HyVFkGl5F5OQWJZZaNzBBg==', openid };
  }

  private stableToken(body: Record<string, unknown> | undefined): object {
    if (!body) return error(44002, 'empty post data');
    const wrong = this.credentials(body.appid, body.secret);
    if (wrong) return wrong;
    if (body.grant_type !== 'client_credential') return error(40002, 'invalid grant_type');
    return { access_token: this.accessToken(), expires_in: 7200 };
  }

  private phoneNumber({ query, body }: WechatRequest): object {
    if (!query.has('access_token')) return error(41001, 'access_token missing');
    if (query.get('access_token') !== this.accessToken())
      return error(40001, 'invalid credential, access_token is invalid or not latest');
    const code = (body as { code?: string } | undefined)?.code;
    if (!code) return error(47001, 'data format error');
    const found = this.phoneCodes.get(code);
    if (!found || this.used.has(code)) return error(40029, 'invalid code');
    this.used.add(code);
    const { phone, countryCode } = found;
    return {
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: String(countryCode) === '86' ? phone : `+${countryCode}${phone}`,
        purePhoneNumber: phone,
        countryCode,
        watermark: { timestamp: 1_637_744_274, appid: this.appId },
      },
    };
  }

  private credentials(appid: unknown, secret: unknown): object | undefined {
    if (!appid) return error(41002, 'appid missing');
    if (!secret) return error(41004, 'appsecret missing');
    if (appid !== this.appId) return error(40013, 'invalid appid');
    return secret === this.appSecret ? undefined : error(40125, 'invalid appsecret');
  }

  private accessToken(): string {
    return `79_stand-in-token-${this.tokenNumber}`;
  }
}

function error(errcode: number, errmsg = 'said by the test'): object {
  return { errcode, errmsg: `${errmsg} rid: 66454a60-46a8a44b-5f4417e6` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
