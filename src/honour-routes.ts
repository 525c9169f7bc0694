import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type Limits, limitAttempts } from './identity/limits.ts';
import { drawCertificate } from './platform/certificate/draw-certificate.ts';
import type { FindHonour, FoundHonour } from './platform/certificate/found-honour.ts';
import { honourFilePath, honourPath } from './platform/certificate/honour-path.ts';
import { readCertificateNumber } from './platform/certificate/number.ts';
import type { Deps } from './platform/deps.ts';
import { refusalBody } from './platform/http/refusal-body.ts';
import { accept } from './platform/result.ts';

// Drawing one takes a good part of a second, and whoever asks for one often asks again.
const FILES_KEPT = 200;
const FILE_LIFE_MS = 600_000;

/**
 * Adds `GET /honours/:number` and `GET /honours/:number.pdf` to the API, for everyone who has the number of a
 * certificate, however it was typed, signed in or not: what it says as JSON, people's names with all but the ends hidden,
 * to be compared with the paper; and the certificate itself. Each of the domains that `find` is asked. 404 for a number
 * of none; 429 with a refusal for an address that asks too often.
 */
export function honourRoutes(app: FastifyInstance, { db }: Deps, limits: Limits, find: readonly FindHonour[]): void {
  const files = new LRUCache<string, Buffer>({ max: FILES_KEPT, ttl: FILE_LIFE_MS });
  const honourOf = async (given: string): Promise<FoundHonour | undefined> => {
    const number = readCertificateNumber(given);
    if (number === undefined) return undefined;
    const found = await Promise.all(find.map((one) => one(db.manager, number)));
    return found.find((one) => one !== undefined);
  };
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    show: (honour: FoundHonour) => Promise<FastifyReply>,
  ): Promise<FastifyReply> => {
    const allowed = await limitAttempts(limits, 'certificate-address', request.ip);
    if (!allowed.ok) return reply.code(429).send(refusalBody(allowed.refusal, request));
    const found = await honourOf((request.params as { number: string }).number);
    if (!found) {
      reply.callNotFound();
      return reply;
    }
    return show(found);
  };
  app.get(honourPath(':number'), (request, reply) =>
    answer(request, reply, async ({ shown }) =>
      reply.headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' }).send(shown),
    ),
  );
  app.get(honourFilePath(':number'), (request, reply) =>
    answer(request, reply, async ({ number, certificate }) => {
      // Where the certificate was fetched it can be checked.
      const address = `${request.protocol}://${request.host}${honourPath(number)}`;
      const drawn = files.get(address);
      // Who gives another name of this host each time would have each drawn anew.
      const allowed = drawn ? accept(undefined) : await limitAttempts(limits, 'certificate-file-address', request.ip);
      if (!allowed.ok) return reply.code(429).send(refusalBody(allowed.refusal, request));
      const file = drawn ?? (await drawCertificate(certificate, address));
      files.set(address, file);
      return reply
        .headers({
          'content-disposition': `attachment; filename="${number}.pdf"`,
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
        })
        .type('application/pdf')
        .send(file);
    }),
  );
}
