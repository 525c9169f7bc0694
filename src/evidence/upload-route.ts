import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../identity/caller.ts';
import type { Deps } from '../platform/deps.ts';
import { refusalBody } from '../platform/http/refusal-body.ts';
import { type Result, refuse } from '../platform/result.ts';
import { LARGEST_FILE } from './limits.ts';
import { receiveEvidence } from './receive-evidence.ts';
import { evidenceNameMalformed, evidenceTooLarge, signInNeeded } from './refusals.ts';

/**
 * Adds `PUT /uploads/evidence?fileName=…` to the API: the body is the file itself, of any content type. Answers
 * `{"evidenceId"}` or `{"refusal": {code, message, at}}` in the caller's language, with status 401 for nobody signed in
 * and 422 for any other refusal.
 */
export function evidenceUploadRoute(
  app: FastifyInstance,
  deps: Deps,
  authenticateUploader: (authorization: string | undefined) => Promise<Pick<Caller, 'actor'> | undefined>,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body stays the stream that it is: a file is written to disk, never held in memory.
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.put('/uploads/evidence', async (request, reply) => {
      const caller = await authenticateUploader(request.headers.authorization);
      try {
        const outcome = caller ? await receive(deps, caller.actor, request) : refuse(signInNeeded);
        if (outcome.ok) return { evidenceId: outcome.value };
        // What is left of the body is let through unread: most clients hear nothing before they have sent it all.
        request.raw.resume();
        return reply.code(caller ? 422 : 401).send(refusalBody(outcome.refusal, request));
      } catch (error) {
        // Phones lose their connection every day: that is no fault of ours, and nobody is left to answer.
        if (!request.raw.readableAborted) throw error;
        return reply.code(400).send();
      }
    });
  });
}

async function receive(deps: Deps, owner: string, request: FastifyRequest): Promise<Result<string>> {
  const { fileName } = request.query as Record<string, unknown>;
  if (typeof fileName !== 'string') return refuse(evidenceNameMalformed);
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_FILE) return refuse(evidenceTooLarge);
  return receiveEvidence(deps, { owner, fileName }, request.raw);
}
