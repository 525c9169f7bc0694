import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AuthenticateAdmin, adminUploadRoute } from '../../../identity/admin-upload-route.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import type { Deps } from '../../../platform/deps.ts';
import { isId } from '../../../platform/ids.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import { fileTooLarge, LARGEST_FILE } from '../../../unions/roster/refusals.ts';
import { uploadMalformed } from './refusals.ts';
import { type EntriesUpload, receiveEntries } from './upload-entries.ts';

/**
 * Adds `PUT /uploads/entries?competitionId=…&unionId=…&fileName=…` to the API, like that of rosters: the body is the
 * file, .xlsx or .csv. Answers `{"importId"}` or `{"refusal": {code, message, at}}`.
 */
export function entriesUploadRoute(app: FastifyInstance, deps: Deps, authenticateAdmin: AuthenticateAdmin): void {
  adminUploadRoute(app, '/uploads/entries', authenticateAdmin, async (caller, request) => {
    const importId = await receive(deps, caller, request);
    return importId.ok ? accept({ importId: importId.value }) : importId;
  });
}

async function receive(deps: Deps, caller: AdminCaller, request: FastifyRequest): Promise<Result<string>> {
  const upload = uploadOf(request.query as Record<string, unknown>);
  if (!upload) return refuse(uploadMalformed);
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_FILE) return refuse(fileTooLarge);
  return receiveEntries(deps, caller, upload, request.raw);
}

function uploadOf({ competitionId, unionId, fileName }: Record<string, unknown>): EntriesUpload | undefined {
  if (typeof competitionId !== 'string' || typeof unionId !== 'string' || typeof fileName !== 'string')
    return undefined;
  return isId(competitionId) && isId(unionId) ? { competitionId, unionId, fileName } : undefined;
}
