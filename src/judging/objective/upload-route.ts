import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AuthenticateAdmin, adminUploadRoute } from '../../identity/admin-upload-route.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Deps } from '../../platform/deps.ts';
import { languageOf } from '../../platform/graphql/language.ts';
import { isId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { LARGEST_FILE } from '../limits.ts';
import { importObjectiveScores, type Trial, tryObjectiveScores } from './import-scores.ts';
import { fileTooLarge, uploadMalformed } from './refusals.ts';
import { withUpload } from './with-upload.ts';

/**
 * Adds `PUT /uploads/objective-scores?panelId=…&fileName=…&dryRun=true|false&key=…&reason=…` to the API: the body is the
 * .xlsx or .csv file itself, of any content type. With dryRun it answers `{"trial": {rows, scores, problemCount,
 * problems: [{row, code, message}]}}` and writes nothing; without, which takes a `key`, `{"panelId"}` once all scores
 * are written. Or `{"refusal": {code, message, at}}`, with status 401 for nobody signed in and 422 for any other.
 */
export function objectiveScoresRoute(app: FastifyInstance, deps: Deps, authenticateAdmin: AuthenticateAdmin): void {
  adminUploadRoute(app, '/uploads/objective-scores', authenticateAdmin, (caller, request) =>
    receive(deps, caller, request),
  );
}

interface Asked {
  panelId: string;
  fileName: string;
  /** Null for a trial run. */
  key: string | null;
  reason: string | null;
}

async function receive(deps: Deps, caller: AdminCaller, request: FastifyRequest): Promise<Result<object>> {
  const asked = askedOf(request.query as Record<string, unknown>);
  if (!asked) return refuse(uploadMalformed);
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_FILE) return refuse(fileTooLarge);
  const { panelId, fileName, key, reason } = asked;
  return withUpload(deps.config, fileName, request.raw, async (file): Promise<Result<object>> => {
    if (key === null) {
      const tried = await tryObjectiveScores(deps, caller, panelId, file);
      return tried.ok ? accept({ trial: trialInWords(tried.value, request) }) : tried;
    }
    const outcome = await importObjectiveScores(deps, caller, key, { panelId, reason }, file);
    return outcome.ok ? accept({ panelId: outcome.value }) : outcome;
  });
}

function askedOf({ panelId, fileName, dryRun, key, reason }: Record<string, unknown>): Asked | undefined {
  if (typeof panelId !== 'string' || !isId(panelId) || typeof fileName !== 'string') return undefined;
  const why = typeof reason === 'string' && reason !== '' ? reason : null;
  if (dryRun === 'true') return { panelId, fileName, key: null, reason: why };
  return dryRun === 'false' && typeof key === 'string' ? { panelId, fileName, key, reason: why } : undefined;
}

function trialInWords({ problems, ...counts }: Trial, request: FastifyRequest) {
  const language = languageOf(request.headers['accept-language']);
  return { ...counts, problems: problems.map(({ row, code, message }) => ({ row, code, message: message[language] })) };
}
