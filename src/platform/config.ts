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
const addresses = z
  .string()
  .regex(/^([^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*)?$/, 'wants host:port, comma separated')
  .transform((text) =>
    text.split(',').flatMap((entry) => {
      const [host = '', port] = entry.split(':');
      return host === '' ? [] : [{ host, port: Number(port) }];
    }),
  );
const flag = z.enum(['on', 'off']).transform((text) => text === 'on');

const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  DATABASE_URL: z.url({ protocol: /^mysql$/ }),
  // Other nodes of the same cluster, in the order in which they are gone to.
  DATABASE_STANDBYS: addresses.default([]),
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
  METRICS_TOKEN: z
    .string()
    .regex(/^(\S{16,})?$/, 'wants 16 characters or more, without spaces (openssl rand -hex 24)')
    .default(''),
  WORKER_PORT: z.union([z.literal(''), z.coerce.number().int().min(0).max(65535)]).default(''),
  DRAIN_SECONDS: z.coerce.number().min(0).max(300).default(0),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .or(z.literal(''))
    .default(''),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
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
    databaseStandbys: e.DATABASE_STANDBYS,
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
    /** Who may read /metrics; nobody when it is undefined. */
    metricsToken: e.METRICS_TOKEN || undefined,
    /** Where the job process tells how it does; nowhere when it is undefined. */
    workerPort: e.WORKER_PORT === '' ? undefined : e.WORKER_PORT,
    drainMs: e.DRAIN_SECONDS * 1000,
    tracing: { endpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT || undefined, share: e.OTEL_TRACES_SAMPLER_ARG },
    logLevel: e.LOG_LEVEL,
  };
}
