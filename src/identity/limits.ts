import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { accept, type Refusal, type Result, refuse } from '../platform/result.ts';

/**
 * How often something that can be guessed may be tried: `points` tries within `duration` seconds, then none for
 * `blockDuration` seconds. Offices share an address, so an address may try oftener than a login.
 */
const RULES = {
  // One login from one address. Narrow, and yet a stranger elsewhere cannot lock the owner of a login out.
  'sign-in': { points: 5, duration: 900, blockDuration: 900 },
  // One login from all addresses together, against guessing from many machines.
  'sign-in-login': { points: 50, duration: 900, blockDuration: 900 },
  'sign-in-address': { points: 50, duration: 900, blockDuration: 900 },
  // That a login was right at an address, for twenty days (a timer in memory takes no thirty); see `isKnown`.
  'signed-in': { points: 1, duration: 1_728_000, blockDuration: 0 },
  'voucher-code': { points: 20, duration: 300, blockDuration: 300 },
  // All the staff of one merchant together, so that one clumsy cashier does not stop a chain.
  'voucher-code-merchant': { points: 200, duration: 300, blockDuration: 300 },
  'card-code': { points: 20, duration: 300, blockDuration: 300 },
  'card-code-merchant': { points: 200, duration: 300, blockDuration: 300 },
  // Mobile carriers put thousands of phones behind one address, and a roll-out day brings them all.
  'bind-address': { points: 1000, duration: 900, blockDuration: 900 },
  bind: { points: 5, duration: 900, blockDuration: 900 },
  // Each try is a call to WeChat, whose quota is all members' together.
  'wechat-address': { points: 1000, duration: 900, blockDuration: 900 },
  // Records of draws, which may be large; a newsroom or a school class behind one address may all want one.
  'transcript-address': { points: 120, duration: 60, blockDuration: 60 },
  // Whoever holds a paper may check its number; a fair with many papers is one address.
  'certificate-address': { points: 120, duration: 60, blockDuration: 60 },
  // Drawing one takes a good part of a second.
  'certificate-file-address': { points: 20, duration: 60, blockDuration: 60 },
} as const;

export type AttemptKind = keyof typeof RULES;

/** The counters of attempts: one for each process, over one Redis for all processes. */
export interface Limits {
  readonly byKind: Readonly<Record<AttemptKind, RateLimiterAbstract>>;
  /** Closes the limits' own connection to Redis. */
  close(): Promise<void>;
}

const COMMAND_TIMEOUT_MS = 300;

/**
 * Makes the limits of a process. They count in Redis, on a connection of their own that fails fast, and in this
 * process's memory while Redis is away or not given. `prefix` keeps installations that share a Redis apart.
 */
export function createLimits(redis: Redis | undefined, prefix = 'xingfu'): Limits {
  const own = redis?.duplicate({
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  // Each failed command falls back to memory; that Redis is away, the process's main connection tells.
  own?.on('error', () => {});
  const limiter = (kind: AttemptKind): RateLimiterAbstract => {
    const memory = new RateLimiterMemory(RULES[kind]);
    if (!own) return memory;
    return new RateLimiterRedis({
      ...RULES[kind],
      storeClient: own,
      keyPrefix: `${prefix}:limit:${kind}`,
      rejectIfRedisNotReady: true,
      insuranceLimiter: memory,
    });
  };
  const kinds = Object.keys(RULES) as AttemptKind[];
  return {
    byKind: Object.fromEntries(kinds.map((kind) => [kind, limiter(kind)])) as Record<AttemptKind, RateLimiterAbstract>,
    close: async () => own?.disconnect(),
  };
}

/** TOO_MANY_ATTEMPTS, telling after how many seconds to try again. */
function tooManyAttempts(seconds: number): Refusal {
  return {
    code: 'TOO_MANY_ATTEMPTS',
    message: {
      zh: `尝试次数过多，请在 ${seconds} 秒后再试。`,
      en: `Too many attempts. Try again in ${seconds} seconds.`,
    },
  };
}

// What is counted may be a login or an openid; Redis need not know.
function keyOf(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url');
}

/**
 * Takes one attempt of a kind by a subject (a login, an operator's id, an openid). Call it before looking at what was
 * guessed, so that guesses made at the same instant count too, and `forgiveAttempt` when the guess was right.
 * Refusal TOO_MANY_ATTEMPTS.
 */
export async function limitAttempts(limits: Limits, kind: AttemptKind, subject: string): Promise<Result<void>> {
  try {
    await limits.byKind[kind].consume(keyOf(subject));
    return accept(undefined);
  } catch (stopped) {
    if (stopped instanceof RateLimiterRes) return refuse(tooManyAttempts(Math.ceil(stopped.msBeforeNext / 1000)));
    throw stopped;
  }
}

/** Gives the attempt back that `limitAttempts` took, because it was a right one: only failures count. */
export async function forgiveAttempt(limits: Limits, kind: AttemptKind, subject: string): Promise<void> {
  await limits.byKind[kind].reward(keyOf(subject));
}

/** Remembers for twenty days that a subject was let in. */
export async function remember(limits: Limits, subject: string): Promise<void> {
  await limits.byKind['signed-in'].penalty(keyOf(subject));
}

/** Whether a subject was let in within the last twenty days, as far as is remembered: Redis may have been emptied. */
export async function isKnown(limits: Limits, subject: string): Promise<boolean> {
  return (await limits.byKind['signed-in'].get(keyOf(subject))) !== null;
}
