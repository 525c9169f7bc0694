import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import type { Config } from './platform/config.ts';
import type { Deps } from './platform/deps.ts';
import { describeError } from './platform/describe-error.ts';
import { maskFault } from './platform/graphql/errors.ts';
import { languageOf } from './platform/graphql/language.ts';
import { overLimit } from './platform/graphql/limits.ts';
import { errors } from './platform/metrics/counted.ts';
import { measureRequests } from './platform/metrics/measure-requests.ts';
import type { Message } from './platform/result.ts';
import { traceRequests } from './platform/tracing/trace-requests.ts';

/** Longest time that a client may take to send a request, in milliseconds: a roster of 50 MB over a bad line. */
const REQUEST_MS = 300_000;

/** A Fastify with what every address has in common: request numbers, security headers, metrics, errors in GraphQL's form. */
export function createApp({ config, log, tracer }: Deps): FastifyInstance {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    // Lines for each request would cost as much as many requests do. What goes wrong is logged where errors leave.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger,
    genReqId: requestIds(),
    requestTimeout: REQUEST_MS,
    trustProxy: config.trustProxy,
    forceCloseConnections: 'idle',
  });
  const headers = securityHeaders(config);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  measureRequests(app);
  if (tracer) traceRequests(app, tracer);
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const [status, body] = answerTo(error, request, log);
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    const words = { zh: '没有这个地址。', en: 'There is nothing at this address.' };
    return reply.code(404).send(errorBody(request, 'NOT_FOUND', words));
  });
  return app;
}

// A UUID, a ULID, or 32 hexadecimal digits as balancers make them. Nothing that a person has a number of looks so.
const REQUEST_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-7][0-9A-HJKMNP-TV-Z]{25}|[0-9a-f]{32})$/i;

/**
 * Numbers for requests: that which came as X-Request-Id when it has one of the usual forms, else one unlike those of any
 * other process, and cheaper than a random one.
 */
function requestIds(): (request: Pick<IncomingMessage, 'headers'>) => string {
  const process = randomBytes(6).toString('hex');
  let count = 0;
  return ({ headers: { 'x-request-id': given } }) => {
    if (typeof given === 'string' && REQUEST_ID.test(given)) return given;
    count += 1;
    return `${process}-${count.toString(36)}`;
  };
}

function securityHeaders({ production }: Config): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(production && { 'strict-transport-security': 'max-age=31536000' }),
  };
}

/** Status and body for what goes wrong outside of GraphQL. */
function answerTo(error: FastifyError, request: FastifyRequest, log: Deps['log']): [number, object] {
  const status = error.statusCode ?? 500;
  if (status === 413) {
    const limit = request.routeOptions.bodyLimit;
    const { code, spoken, details } = overLimit('bodyBytes', limit, request.headers['content-length'] ?? `> ${limit}`);
    return [status, errorBody(request, code, spoken, details)];
  }
  if (status < 500) {
    const words = {
      zh: `请求无法读取（${error.message}）。请发送 content-type 为 application/json 的 JSON。`,
      en: `The request cannot be read (${error.message}). Send JSON with content-type application/json.`,
    };
    return [status, errorBody(request, 'BAD_REQUEST', words)];
  }
  log.error({ requestId: request.id, error: describeError(error) }, 'fault outside of GraphQL');
  const { code, words } = maskFault(error, request.id);
  return [code === 'UNAVAILABLE' ? 503 : 500, errorBody(request, code, words)];
}

// In GraphQL's form, because clients read outcomes from the body.
function errorBody(request: FastifyRequest, code: string, words: Message, extensions: object = {}) {
  errors.inc({ door: 'none', code });
  const message = words[languageOf(request.headers['accept-language'])];
  return { errors: [{ message, extensions: { ...extensions, code } }] };
}
