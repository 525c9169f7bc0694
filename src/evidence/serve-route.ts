import type { FastifyInstance } from 'fastify';
import type { Deps } from '../platform/deps.ts';
import { fileNameParameter } from '../platform/http/file-name.ts';
import { refusalBody } from '../platform/http/refusal-body.ts';
import { judgeAddress, numberedName } from './address.ts';
import type { EvidenceFile } from './evidence-file.entity.ts';
import { findEvidence } from './queries.ts';
import { evidenceAddressExpired } from './refusals.ts';
import { openFile } from './stored-file.ts';

/**
 * Adds `GET /evidence/:id?number=…&until=…&signature=…` to the API: the file itself, for an address made by `evidenceUrl`.
 * 410 with a refusal once that has expired; any other address that is not good answers like one that never was.
 */
export function evidenceRoute(app: FastifyInstance, deps: Deps): void {
  app.get('/evidence/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const { number, until, signature } = request.query as Record<string, unknown>;
    const worth = judgeAddress(deps.config, { id, number, until, signature }, deps.clock.now());
    if (worth === 'expired') return reply.code(410).send(refusalBody(evidenceAddressExpired, request));
    const file = worth === 'good' ? await findEvidence(deps.db.manager, id) : null;
    if (!file) return reply.callNotFound();
    const handle = await openFile(deps.config, file.storageKey);
    const fileName = number === undefined ? file.fileName : numberedName(Number(number));
    return reply.headers(headersOf({ ...file, fileName })).send(handle.createReadStream());
  });
}

function headersOf({ fileName, mediaType, size }: EvidenceFile): Record<string, string | number> {
  return {
    'content-type': mediaType,
    'content-length': size,
    'content-disposition': `inline; filename*=${fileNameParameter(fileName)}`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    // It was made by a stranger: whatever it holds, nothing in it runs and nothing is loaded.
    'content-security-policy': "default-src 'none'; sandbox",
  };
}
