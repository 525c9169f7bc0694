import { setTimeout as pause } from 'node:timers/promises';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { printerFileRoute } from './cards/file-route.ts';
import { competitionHonour } from './competitions/awards/honours/honour.ts';
import { subsidyFileRoute } from './competitions/awards/subsidies/file-route.ts';
import { certificateRoute } from './competitions/entries/certificate-route.ts';
import { entriesUploadRoute } from './competitions/entries/import/upload-route.ts';
import { type DoorServer, startDoorServer } from './door-server.ts';
import { DOORS, LIMITS, SUBJECTS } from './doors.ts';
import { evidenceRoute } from './evidence/serve-route.ts';
import { evidenceUploadRoute } from './evidence/upload-route.ts';
import { addHealth, apiChecks } from './health.ts';
import { honourRoutes } from './honour-routes.ts';
import { createApp } from './http.ts';
import { AuthenticationFault, authenticate } from './identity/authenticate.ts';
import type { AdminCaller, Caller, Door } from './identity/caller.ts';
import type { RequestContext } from './identity/context.ts';
import { type Limits as AttemptLimits, createLimits } from './identity/limits.ts';
import { seasonHonour } from './innovation/honours/honour.ts';
import { rewardFileRoute } from './innovation/rewards/file-route.ts';
import { objectiveScoresRoute } from './judging/objective/upload-route.ts';
import { transcriptRoutes } from './lotteries/draw/transcript-route.ts';
import { statementFileRoute } from './marketplace/settlement/files/serve-route.ts';
import { addMetrics } from './metrics-route.ts';
import { dashboardRoutes } from './operations/dashboard-routes.ts';
import { batchesDone } from './platform/db/group-commit.ts';
import { type Deps, depsAbout } from './platform/deps.ts';
import { graphiqlPage } from './platform/graphql/graphiql.ts';
import { languageOf } from './platform/graphql/language.ts';
import { queuePrefix } from './platform/queue.ts';
import { rosterUploadRoute } from './unions/roster/upload-route.ts';

/** How long requests under way may take when the API closes, in milliseconds. */
const CLOSING_MS = 10_000;

export interface Api {
  app: FastifyInstance;
  /** Says at /readyz that the API is closing, and serves on for DRAIN_SECONDS, within which balancers hear of it. */
  drain(): Promise<void>;
  /** Takes no more requests, answers those under way, frees what `buildApi` made. The database and Redis stay open: they are the caller's. */
  close(): Promise<void>;
}

/**
 * The whole API on one Fastify: three GraphQL doors, the uploads of rosters and evidence, the addresses of files,
 * /livez, /readyz and /metrics. It does not listen yet. Throws when a schema cannot be built.
 */
export async function buildApi(deps: Deps, { redis }: { redis: Redis }): Promise<Api> {
  const attempts = createLimits(redis, queuePrefix(deps.config.databaseUrl));
  const app = createApp(deps);
  const servers: DoorServer[] = [];
  for (const door of DOORS) {
    const server = await startDoorServer(door, deps);
    servers.push(server);
    addDoor(app, door, server, deps, attempts);
    if (deps.config.introspection && !deps.config.production) await addGraphiql(app, door);
  }
  const adminAt = async (authorization: string | undefined) =>
    (await callerAt(['admin'], deps, authorization)) as AdminCaller | undefined;
  rosterUploadRoute(app, deps, adminAt);
  entriesUploadRoute(app, deps, adminAt);
  objectiveScoresRoute(app, deps, adminAt);
  evidenceUploadRoute(app, deps, (authorization) => callerAt(['member', 'admin'], deps, authorization));
  evidenceRoute(app, deps);
  statementFileRoute(app, deps);
  subsidyFileRoute(app, deps);
  rewardFileRoute(app, deps);
  printerFileRoute(app, deps);
  transcriptRoutes(app, deps, attempts);
  certificateRoute(app, deps, attempts);
  honourRoutes(app, deps, attempts, [competitionHonour, seasonHonour]);
  await dashboardRoutes(app, deps, redis, adminAt);
  const health = addHealth(app, apiChecks(deps, redis));
  addMetrics(app, deps, redis);
  await app.ready();
  return {
    app,
    drain: async () => {
      health.closing();
      await pause(deps.config.drainMs);
    },
    close: async () => {
      health.closing();
      await closeApp(app);
      await batchesDone(deps.db);
      await Promise.all(servers.map(({ apollo }) => apollo.stop()));
      await attempts.close();
    },
  };
}

async function closeApp(app: FastifyInstance): Promise<void> {
  // A connection that was busy when closing began stays open for its client's next request unless it is closed too.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  const impatience = setTimeout(() => app.server.closeAllConnections(), CLOSING_MS);
  await app.close();
  clearInterval(idle);
  clearTimeout(impatience);
}

function pathOf(door: Door): string {
  return `/graphql/${door}`;
}

function addDoor(app: FastifyInstance, door: Door, { apollo, errors }: DoorServer, deps: Deps, limits: AttemptLimits) {
  const context = async (asked: FastifyRequest): Promise<RequestContext> => {
    const { headers, id: requestId, ip } = asked;
    const language = languageOf(headers['accept-language']);
    const given = { deps: depsAbout(deps, { requestId }), limits, language, ip, requestId, asked };
    try {
      const caller = await authenticate(deps, door, headers.authorization, SUBJECTS[door], language);
      return { ...given, caller, rejected: undefined };
    } catch (error) {
      if (error instanceof AuthenticationFault) return { ...given, caller: undefined, rejected: error };
      throw errors.wrap({ language, requestId }, error);
    }
  };
  // POST alone: a query in an address would end up in the logs of every proxy.
  app.post(pathOf(door), { bodyLimit: LIMITS[door].bodyBytes }, fastifyApolloHandler(apollo, { context }));
}

async function addGraphiql(app: FastifyInstance, door: Door): Promise<void> {
  const { html, contentSecurityPolicy } = await graphiqlPage(pathOf(door));
  app.get(pathOf(door), async (_request, reply) =>
    reply.header('content-security-policy', contentSecurityPolicy).type('text/html; charset=utf-8').send(html),
  );
}

/**
 * Who calls outside of GraphQL with a token of one of these doors; undefined also for a token that is worth nothing there,
 * because the route says what to do then.
 */
async function callerAt(
  doors: readonly Door[],
  deps: Deps,
  authorization: string | undefined,
): Promise<Caller | undefined> {
  for (const door of doors) {
    try {
      return await authenticate(deps, door, authorization, SUBJECTS[door]);
    } catch (error) {
      if (!(error instanceof AuthenticationFault)) throw error;
    }
  }
  return undefined;
}
