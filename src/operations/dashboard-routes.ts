import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import type { Deps } from '../platform/deps.ts';
import { refusalBody } from '../platform/http/refusal-body.ts';
import { queuePrefix } from '../platform/queue.ts';
import { addBoard } from './board.ts';
import { type AdminAt, DASHBOARD, makePass, readPass } from './dashboard-passes.ts';
import { mayReadQueues, type SignedInAdmin } from './may-read-queues.ts';
import { dashboardAddressSpent, dashboardNotEntered, queuesAway } from './refusals.ts';

const COOKIE = 'xingfu_queues';
const LIFE_SECONDS = 300;

// Its own files alone, which were here when the package was installed. Styles are written into the page by its scripts.
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'",
  "base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
].join('; ');

// Not a redirect: a browser that came from another site would not send a Strict cookie along.
const ENTERED = '<!doctype html><meta http-equiv="refresh" content="0;url=./"><title>Xingfu</title>';

/**
 * Adds the dashboard of the queues below /queues: `/queues/enter`, whose address an admin gets at the admin door, sets a
 * cookie for these pages alone, and every other page asks for it and looks anew whether that admin's session stands.
 * Nothing can be changed there: only GET is served.
 */
export async function dashboardRoutes(app: FastifyInstance, deps: Deps, redis: Redis, adminAt: AdminAt): Promise<void> {
  const { config, clock } = deps;
  const spent = `${queuePrefix(config.databaseUrl)}:dashboard-address`;

  app.get(`${DASHBOARD}/enter`, async (request, reply) => {
    const query = request.url.split('?')[1] ?? '';
    const admin = await readPass(config, 'address', query, clock.now(), adminAt);
    if (redis.status !== 'ready') return reply.code(503).send(refusalBody(queuesAway, request));
    if (!mayReadQueues(admin) || !(await isFirst(redis, spent, query)))
      return reply.code(410).send(refusalBody(dashboardAddressSpent, request));
    return letIn(reply, admin).type('text/html; charset=utf-8').send(ENTERED);
  });

  await app.register(
    async (pages) => {
      pages.addHook('onRequest', async (request, reply) => {
        const admin = await readPass(config, 'cookie', cookieOf(request), clock.now(), adminAt);
        if (!mayReadQueues(admin)) return reply.code(401).send(refusalBody(dashboardNotEntered, request));
        if (redis.status !== 'ready') return reply.code(503).send(refusalBody(queuesAway, request));
        // As long as the page is open it asks again and again, and the cookie stays.
        letIn(reply, admin).header('content-security-policy', POLICY);
        return undefined;
      });
      await addBoard(pages, DASHBOARD, redis, queuePrefix(config.databaseUrl));
    },
    { prefix: DASHBOARD },
  );

  function letIn(reply: FastifyReply, admin: SignedInAdmin): FastifyReply {
    const pass = encodeURIComponent(makePass(config, 'cookie', admin, clock.now()));
    const secure = config.production ? '; Secure' : '';
    const scope = `Path=${DASHBOARD}/; Max-Age=${LIFE_SECONDS}; HttpOnly; SameSite=Strict${secure}`;
    return reply.header('set-cookie', `${COOKIE}=${pass}; ${scope}`);
  }
}

/** Whether this is the first use of an address, on whatever machine. */
async function isFirst(redis: Redis, spent: string, query: string): Promise<boolean> {
  const hash = createHash('sha256').update(query).digest('base64url');
  return (await redis.set(`${spent}:${hash}`, '1', 'EX', LIFE_SECONDS, 'NX')) === 'OK';
}

function cookieOf({ headers }: FastifyRequest): string {
  const [, value = ''] = /(?:^|;\s*)xingfu_queues=([^;]+)/.exec(headers.cookie ?? '') ?? [];
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
