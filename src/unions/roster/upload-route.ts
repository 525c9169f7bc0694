import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AuthenticateAdmin, adminUploadRoute } from '../../identity/admin-upload-route.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Deps } from '../../platform/deps.ts';
import { isId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { fileTooLarge, LARGEST_FILE, uploadMalformed } from './refusals.ts';
import { type RosterUpload, receiveRoster } from './upload-roster.ts';

/**
 * Adds `PUT /uploads/roster?unionId=…&fileName=…&full=true|false` to the API: the body is the file. Answers
 * `{"importId"}` or `{"refusal": {code, message, at}}`.
 */
export function rosterUploadRoute(app: FastifyInstance, deps: Deps, authenticateAdmin: AuthenticateAdmin): void {
  adminUploadRoute(app, '/uploads/roster', authenticateAdmin, async (caller, request) => {
    const importId = await receive(deps, caller, request);
    return importId.ok ? accept({ importId: importId.value }) : importId;
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
