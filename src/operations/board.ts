import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/dist/types.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { readHeartbeat } from '../platform/heartbeat.ts';
import { Queues } from '../platform/queue.ts';

const FILES = join(dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json')), 'dist');

const MEDIA_TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

const LOOK: UIConfig = {
  boardTitle: 'Xingfu',
  hideDocsLink: true,
  hideRedisDetails: true,
  // Each look would ask Redis for all its clients.
  showWorkers: false,
  pollingInterval: { showSetting: false, forceInterval: 5 },
};

/** What bull-board hands to the server that shows it. */
interface Board {
  queues: BullBoardQueues;
  look: UIConfig;
  entry: AppViewRoute;
  routes: AppControllerRoute[];
}

/**
 * Adds the pages of bull-board and what they read to an app whose prefix is `base`. Of bull-board's addresses only those
 * that read are served, so nothing can be retried, paused or deleted. Which queues there are, the job process says.
 */
export async function addBoard(app: FastifyInstance, base: string, redis: Redis, prefix: string): Promise<void> {
  const board = {} as Board;
  const { replaceQueues } = createBullBoard({
    queues: [],
    serverAdapter: collectInto(board),
    options: { uiConfig: LOOK },
  });
  const queues = new Queues(redis, prefix);
  app.addHook('preHandler', async () => {
    const { jobs = [] } = (await readHeartbeat(redis, prefix)) ?? {};
    replaceQueues(jobs.map((job) => new BullMQAdapter(queues.get(job), { readOnlyMode: true, allowRetries: false })));
  });
  await addFiles(app);
  const page = await readFile(join(FILES, 'index.ejs'), 'utf8');
  for (const path of [board.entry.route].flat()) {
    app.get(path, (_request, reply) => {
      const { params } = board.entry.handler({ basePath: base, uiConfig: board.look });
      return reply.type('text/html; charset=utf-8').send(fill(page, params));
    });
  }
  for (const { method, route, handler } of board.routes) {
    if (![method].flat().includes('get')) continue;
    for (const path of [route].flat()) app.get(path, (request, reply) => answer(request, reply, board, handler));
  }
}

function collectInto(board: Board): IServerAdapter {
  const adapter: IServerAdapter = {
    setQueues: (queues) => keep({ queues }),
    setViewsPath: () => adapter,
    setStaticPath: () => adapter,
    setEntryRoute: (entry) => keep({ entry }),
    setErrorHandler: () => adapter,
    setApiRoutes: (routes) => keep({ routes }),
    setUIConfig: (look) => keep({ look }),
  };
  const keep = (part: Partial<Board>) => {
    Object.assign(board, part);
    return adapter;
  };
  return adapter;
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { queues, look }: Board,
  handler: AppControllerRoute['handler'],
): Promise<FastifyReply> {
  const { status = 200, body } = await handler({
    queues,
    uiConfig: look,
    query: request.query as Record<string, unknown>,
    params: request.params as Record<string, unknown>,
    body: {},
    headers: {},
  });
  return reply.code(status).send(body);
}

/** The files of the page that were installed with the package, and no other: an address never becomes a path. */
async function addFiles(app: FastifyInstance): Promise<void> {
  const names = await readdir(join(FILES, 'static'), { recursive: true });
  const known = new Set(names.filter((name) => MEDIA_TYPES[extname(name)]));
  app.get('/static/*', (request, reply) => {
    const { '*': name } = request.params as { '*': string };
    if (!known.has(name)) return reply.callNotFound();
    return reply.type(MEDIA_TYPES[extname(name)]!).send(createReadStream(join(FILES, 'static', name)));
  });
}

/** Fills in the page's blanks, and leaves out the one thing that it would fetch from elsewhere, a font. */
function fill(page: string, values: Record<string, string>): string {
  return page
    .replace(/<link href="https:[^>]*>/g, '')
    .replace(/<%= (\w+) %>/g, (_, name) => escapeHtml(values[name] ?? ''))
    .replace(/<%- (\w+) %>/g, (_, name) => values[name] ?? '');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
