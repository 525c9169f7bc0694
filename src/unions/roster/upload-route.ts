import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Deps } from '../../platform/deps.ts';
import { languageOf } from '../../platform/graphql/language.ts';
import { isId } from '../../platform/ids.ts';
import { type Refusal, type Result, refuse } from '../../platform/result.ts';
import { fileTooLarge, LARGEST_FILE, signInNeeded, uploadMalformed } from './refusals.ts';
import { type RosterUpload, receiveRoster } from './upload-roster.ts';

/**
 * Adds `PUT /uploads/roster?unionId=…&fileName=…&full=true|false` to the API: the body is the file itself, of any content
 * type, because mini-programs and scripts send that most simply. Answers `{"importId"}` or `{"refusal": {code, message,
 * at}}` in the caller's language, with status 401 for nobody signed in and 422 for any other refusal.
 */
export function rosterUploadRoute(app: FastifyInstance, deps: Deps, authenticateAdmin: AuthenticateAdmin): void {
  importUploadRoute(app, '/uploads/roster', authenticateAdmin, (caller, request) => receive(deps, caller, request));
}

export type AuthenticateAdmin = (authorization: string | undefined) => Promise<AdminCaller | undefined>;

/** A route like that of rosters for another kind of import; `receive` resolves with the id of the import. */
export function importUploadRoute(
  app: FastifyInstance,
  path: string,
  authenticateAdmin: AuthenticateAdmin,
  receive: (caller: AdminCaller, request: FastifyRequest) => Promise<Result<string>>,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body stays the stream that it is: a file of people is written to disk, never held in memory.
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.put(path, async (request, reply) => {
      const caller = await authenticateAdmin(request.headers.authorization);
      const outcome = caller ? await receive(caller, request) : refuse(signInNeeded);
      if (outcome.ok) return { importId: outcome.value };
      // What is left of the body is let through unread: most clients hear nothing before they have sent it all.
      request.raw.resume();
      reply.code(caller ? 422 : 401);
      return { refusal: inWords(outcome.refusal, request) };
    });
  });
}

async function receive(deps: Deps, caller: AdminCaller, request: FastifyRequest): Promise<Result<string>> {
  const upload = uploadOf(request.query as Record<string, unknown>);
  if (!upload) return refuse(uploadMalformed);
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_FILE) return refuse(fileTooLarge);
  return receiveRoster(deps, caller, upload, request.raw);
}

function uploadOf({ unionId, fileName, full = 'false' }: Record<string, unknown>): RosterUpload | undefined {
  if (typeof unionId !== 'string' || !isId(unionId) || typeof fileName !== 'string') return undefined;
  return full === 'true' || full === 'false' ? { unionId, fileName, isFull: full === 'true' } : undefined;
}

function inWords({ code, message, at }: Refusal, request: FastifyRequest) {
  return { code, message: message[languageOf(request.headers['accept-language'])], at: at ?? null };
}
