import { setTimeout as pause } from 'node:timers/promises';
import type { Door } from '../identity/caller.ts';

/** An expected "no", as a door says it. */
export interface Refused {
  code: string;
  message: string;
  at?: string | null;
  /** With EVENTS_REFUSED: what is wrong with which event. */
  problems?: { code: string; message: string; at: string[] }[];
}

/** What a mutation answered. */
export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: Refused };

/** Ask a mutation's result type for this, beside what is wanted when it was carried out. */
export const REFUSAL = '__typename ... on Refusal { code message at }';

/** Thrown when there is no answer from the server at all. */
export class NoServer extends Error {
  constructor(url: string, reason: string) {
    super(
      `${url} 没有应答（${reason}）。请先在另一个终端运行 script/server，等它打印出地址后再试。\n` +
        `There is no answer from ${url} (${reason}). Run script/server in another terminal, wait until it prints its addresses, and try again.`,
    );
  }
}

interface GraphqlBody {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const PATIENCE_MS = 30_000;

/** Sends an HTTP request to the server. Throws NoServer when nothing comes back. */
export async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new NoServer(new URL(url).origin, (cause as NodeJS.ErrnoException | undefined)?.code ?? message);
  }
}

/** Whether the server can work: its database, migrations and Redis. Throws NoServer, and an Error that says what it lacks. */
export async function checkReady(url: string): Promise<void> {
  const response = await send(`${url}/readyz`, {});
  if (response.status !== 200) throw new Error(`${url}/readyz: ${response.status} ${await response.text()}`);
}

/** Somebody at one door of a server: asks over HTTP, in Chinese, and keeps the token once signed in. */
export class Client {
  private token: string | undefined;

  constructor(
    readonly url: string,
    readonly door: Door,
  ) {}

  private headers(): Record<string, string> {
    return { 'accept-language': 'zh-CN', ...(this.token && { authorization: `Bearer ${this.token}` }) };
  }

  /** The data of a query. Throws an Error with code and message when the door answers with an error. */
  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await send(`${this.url}/graphql/${this.door}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers() },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const body = readBody(text);
    if (!body) throw new Error(`${this.door}: HTTP ${response.status}, ${text.slice(0, 200)}`);
    const [error] = body.errors ?? [];
    if (error) throw new Error(`${this.door}: ${error.extensions?.code ?? 'ERROR'}: ${error.message}`);
    return body.data as T;
  }

  /** Carries out a mutation of one root field, whose result is a union with Refusal. Throws like `ask`. */
  async act<T>(mutation: string, variables: Record<string, unknown> = {}): Promise<Answer<T>> {
    const data = await this.ask<Record<string, Record<string, unknown>>>(mutation, variables);
    const { __typename: type, ...result } = Object.values(data)[0] ?? {};
    if (type === 'Refusal' || type === 'EventsRefused') return { ok: false, refusal: result as unknown as Refused };
    return { ok: true, value: result as T };
  }

  /** Uploads a file to one of the addresses that take one, with what stands in the address. Throws like `ask`. */
  async upload<T>(path: string, parameters: Record<string, string>, file: Buffer): Promise<Answer<T>> {
    const response = await send(`${this.url}${path}?${new URLSearchParams(parameters)}`, {
      method: 'PUT',
      headers: { ...this.headers(), 'content-type': 'application/octet-stream' },
      body: new Uint8Array(file),
    });
    const body = (await response.json()) as T & { refusal?: Refused };
    if (body.refusal) return { ok: false, refusal: body.refusal };
    if (!response.ok) throw new Error(`PUT ${path}: HTTP ${response.status}, ${JSON.stringify(body)}`);
    return { ok: true, value: body };
  }

  /** Signs in with login and password, at the merchant or the admin door. */
  async signIn(login: string, password: string): Promise<Answer<object>> {
    return this.keepToken(
      await this.act(
        `mutation ($login: String!, $password: String!) {
          signIn(login: $login, password: $password, device: "demo") { ${REFUSAL} ... on SessionTokens { accessToken } }
        }`,
        { login, password },
      ),
    );
  }

  /** Signs in as a member without proof, which servers for development allow. */
  async signInAsMember(staffNumber: string): Promise<Answer<object>> {
    return this.keepToken(
      await this.act(
        `mutation ($staffNumber: String!) {
          developmentSignIn(staffNumber: $staffNumber) { ${REFUSAL} ... on SessionTokens { accessToken } }
        }`,
        { staffNumber },
      ),
    );
  }

  private keepToken(answer: Answer<{ accessToken: string }>): Answer<object> {
    if (answer.ok) this.token = answer.value.accessToken;
    return answer;
  }
}

function readBody(text: string): GraphqlBody | undefined {
  try {
    return JSON.parse(text) as GraphqlBody;
  } catch {
    return undefined;
  }
}

/** What was carried out; throws an Error with the refusal's code and words when it was refused. */
export function accepted<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  const { code, message, problems = [] } = answer.refusal;
  throw new Error(
    [`${code}: ${message}`, ...problems.map((one) => `${one.code} ${one.at}: ${one.message}`)].join('\n'),
  );
}

/** Carries out a mutation that has to succeed; resolves with the id of what it made or changed. Throws like `accepted`. */
export async function made(client: Client, mutation: string, variables: Record<string, unknown>): Promise<string> {
  return accepted(await client.act<{ id: string }>(mutation, variables)).id;
}

const POLL_MS = 200;

/** Asks again and again until the answer is as wanted, and resolves with the last one, wanted or not, after so many seconds. */
export async function askUntil<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean, seconds: number): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || Date.now() >= end) return answer;
    await pause(POLL_MS);
  }
}

/** What to say when a job has not done its work in time. */
export function jobLate(what: string, seconds: number): string {
  return `${seconds} 秒后仍未处理：${what}。请确认后台任务进程在运行。 Not done after ${seconds} s; is the job process running?`;
}
