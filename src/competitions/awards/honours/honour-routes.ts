import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type Limits, limitAttempts } from '../../../identity/limits.ts';
import { maskName } from '../../../identity/personal-data.ts';
import type { Deps } from '../../../platform/deps.ts';
import { refusalBody } from '../../../platform/http/refusal-body.ts';
import { drawCertificate } from './draw-certificate.ts';
import { type Honour, honourOf } from './honour.ts';
import { honourFilePath, honourPath } from './honour-path.ts';

// Drawing one takes a good part of a second, and whoever asks for one often asks again.
const FILES_KEPT = 200;
const FILE_LIFE_MS = 600_000;

/**
 * Adds `GET /honours/:number` and `GET /honours/:number.pdf` to the API, for everyone who has the number of a
 * certificate, signed in or not: what it says as JSON, a member's name with all but the ends hidden, to be compared with
 * the paper; and the certificate itself. 404 for a number of none; 429 with a refusal for an address that asks too often.
 */
export function honourRoutes(app: FastifyInstance, { db }: Deps, limits: Limits): void {
  const files = new LRUCache<string, Buffer>({ max: FILES_KEPT, ttl: FILE_LIFE_MS });
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    show: (honour: Honour) => Promise<FastifyReply>,
  ): Promise<FastifyReply> => {
    const allowed = await limitAttempts(limits, 'certificate-address', request.ip);
    if (!allowed.ok) return reply.code(429).send(refusalBody(allowed.refusal, request));
    const found = await honourOf(db.manager, (request.params as { number: string }).number);
    if (!found) {
      reply.callNotFound();
      return reply;
    }
    return show(found);
  };
  app.get(honourPath(':number'), (request, reply) =>
    answer(request, reply, async (honour) => {
      const name = honour.kind === 'individual' ? maskName(honour.name) : honour.name;
      return reply
        .headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' })
        .send({ ...honour, name });
    }),
  );
  app.get(honourFilePath(':number'), (request, reply) =>
    answer(request, reply, async (honour) => {
      // Where the certificate was fetched it can be checked.
      const address = `${request.protocol}://${request.host}${honourPath(honour.number)}`;
      const file = files.get(address) ?? (await drawCertificate(honour, address));
      files.set(address, file);
      return reply
        .headers({
          'content-disposition': `attachment; filename="${honour.number}.pdf"`,
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
        })
        .type('application/pdf')
        .send(file);
    }),
  );
}
