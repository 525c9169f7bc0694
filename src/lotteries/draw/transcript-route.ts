import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Limits, limitAttempts } from '../../identity/limits.ts';
import type { Deps } from '../../platform/deps.ts';
import { refusalBody } from '../../platform/http/refusal-body.ts';
import { isId } from '../../platform/ids.ts';
import { LotteryDraw } from './lottery-draw.entity.ts';
import { VERIFIER_PATH } from './transcript-path.ts';

/** A draw that was made never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Adds `GET /lotteries/:id/draws/:number/transcript.json` and `GET /lotteries/verify-draw.mjs` to the API, for
 * everyone, signed in or not: the record of a draw byte for byte as it was hashed, and the file that checks it with
 * `node`. 404 for a draw that was not made; 429 with a refusal for an address that asks too often.
 */
export function transcriptRoutes(app: FastifyInstance, { db }: Deps, limits: Limits): void {
  const isStopped = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    const allowed = await limitAttempts(limits, 'transcript-address', request.ip);
    if (!allowed.ok) await reply.code(429).send(refusalBody(allowed.refusal, request));
    return !allowed.ok;
  };
  app.get('/lotteries/:id/draws/:number/transcript.json', async (request, reply) => {
    if (await isStopped(request, reply)) return reply;
    const { id, number } = request.params as { id: string; number: string };
    const draw = isId(id) && /^[1-9]\d{0,5}$/.test(number) ? await findDraw(db, id, Number(number)) : null;
    if (!draw?.transcriptHash) return reply.callNotFound();
    const tag = `"${draw.transcriptHash.toString('hex')}"`;
    void reply.headers({ 'cache-control': FOR_EVER, etag: tag, 'cross-origin-resource-policy': 'cross-origin' });
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(draw.transcript);
  });
  app.get(VERIFIER_PATH, async (request, reply) => {
    if (await isStopped(request, reply)) return reply;
    const verifier = await readFile(new URL('../verifier/verify-draw.mjs', import.meta.url));
    return reply
      .headers({ 'content-disposition': 'attachment; filename="verify-draw.mjs"' })
      .type('text/javascript; charset=utf-8')
      .send(verifier);
  });
}

function findDraw(db: Deps['db'], lotteryId: string, number: number): Promise<LotteryDraw | null> {
  return db.manager
    .createQueryBuilder(LotteryDraw, 'd')
    .addSelect('d.transcript')
    .where({ lotteryId, number })
    .getOne();
}
