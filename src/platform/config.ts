import { z } from 'zod';

const keyRing = z
  .string()
  .regex(
    /^[a-z0-9]+:[A-Za-z0-9+/]{43}=(,[a-z0-9]+:[A-Za-z0-9+/]{43}=)*$/,
    'wants name:base64-of-32-bytes, comma separated, newest first',
  )
  .transform((text) =>
    text.split(',').map((entry) => {
      const [name, key] = entry.split(':') as [string, string];
      return { name, key: Buffer.from(key, 'base64') };
    }),
  );
const secret = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'wants 64 hexadecimal digits (openssl rand -hex 32)')
  .transform((hex) => Buffer.from(hex, 'hex'));
const flag = z.enum(['on', 'off']).transform((text) => text === 'on');

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  DATABASE_URL: z.url({ protocol: /^mysql$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  DB_POOL: z.coerce.number().int().min(2).max(200).default(10),
  TOKEN_SECRET: secret,
  PERSONAL_DATA_KEYS: keyRing,
  PERSONAL_DATA_HASH_KEY: secret,
  VOUCHER_KEY: secret,
  EVIDENCE_KEY: secret,
  CARD_KEY: secret,
  WECHAT_APP_ID: z.string().default(''),
  WECHAT_APP_SECRET: z.string().default(''),
  WECHAT_BASE_URL: z.url().default('https://api.weixin.qq.com'),
  // Public relays of drand, asked in turn for the randomness of a draw; empty where the network allows no way there.
  LOTTERY_DRAND_URLS: z
    .string()
    .default('https://api.drand.sh,https://api2.drand.sh,https://drand.cloudflare.com')
    .transform((text) => text.split(',').filter((url) => url !== ''))
    .pipe(z.array(z.url({ protocol: /^https?$/ }))),
  TRUST_PROXY: z.string().default(''),
  STORAGE_DIR: z.string().min(1),
  INTROSPECTION: flag.optional(),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});

export type Config = ReturnType<typeof readConfig>;

/**
 * Reads the configuration from environment variables. Throws one Error that names every variable that is missing or
 * wrong, so that an operator mends them all at once. Secrets have no defaults.
 */
export function readConfig(env: Record<string, string | undefined>) {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `  ${name}: ${env[name] === undefined ? 'is not set' : issue.message}`;
    });
    throw new Error(
      `The configuration is incomplete. Set these environment variables (see .env.example):\n${lines.join('\n')}`,
    );
  }
  const e = parsed.data;
  return {
    production: e.NODE_ENV === 'production',
    test: e.NODE_ENV === 'test',
    host: e.HOST,
    port: e.PORT,
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    dbPool: e.DB_POOL,
    tokenSecret: e.TOKEN_SECRET,
    personalData: { keys: e.PERSONAL_DATA_KEYS, hashKey: e.PERSONAL_DATA_HASH_KEY },
    voucherKey: e.VOUCHER_KEY,
    evidenceKey: e.EVIDENCE_KEY,
    cardKey: e.CARD_KEY,
    wechat: { appId: e.WECHAT_APP_ID, appSecret: e.WECHAT_APP_SECRET, baseUrl: e.WECHAT_BASE_URL },
    // Fastify wants false, or addresses and ranges, comma separated.
    trustProxy: e.TRUST_PROXY === '' ? false : e.TRUST_PROXY,
    drandRelays: e.LOTTERY_DRAND_URLS,
    storageDir: e.STORAGE_DIR,
    introspection: e.INTROSPECTION ?? e.NODE_ENV !== 'production',
    logLevel: e.LOG_LEVEL,
  };
}
