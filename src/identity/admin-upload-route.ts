import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusalBody } from '../platform/http/refusal-body.ts';
import { type Result, refuse } from '../platform/result.ts';
import type { AdminCaller } from './caller.ts';
import { adminSignInNeeded } from './refusals.ts';

export type AuthenticateAdmin = (authorization: string | undefined) => Promise<AdminCaller | undefined>;

/**
 * Adds `PUT <path>` to the API: the body is a file from an admin, of any content type, because mini-programs and scripts
 * send that most simply. Answers what `receive` resolves with, or `{"refusal": {code, message, at}}` in the caller's
 * language, with status 401 for nobody signed in and 422 for any other refusal.
 */
export function adminUploadRoute(
  app: FastifyInstance,
  path: string,
  authenticateAdmin: AuthenticateAdmin,
  receive: (caller: AdminCaller, request: FastifyRequest) => Promise<Result<object>>,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body stays the stream that it is: a file is written to disk, never held in memory.
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.put(path, async (request, reply) => {
      const caller = await authenticateAdmin(request.headers.authorization);
      const answer = caller ? await receive(caller, request) : refuse(adminSignInNeeded);
      if (answer.ok) return answer.value;
      // What is left of the body is let through unread: most clients hear nothing before they have sent it all.
      request.raw.resume();
      return reply.code(caller ? 422 : 401).send(refusalBody(answer.refusal, request));
    });
  });
}
