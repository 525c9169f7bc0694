import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../../../platform/deps.ts';
import { fileNameParameter } from '../../../platform/http/file-name.ts';
import { refusalBody } from '../../../platform/http/refusal-body.ts';
import { Competition } from '../../plan/competition.entity.ts';
import { judgeListAddress } from './address.ts';
import { SubsidyList } from './list.entity.ts';
import { listFileExpired } from './refusals.ts';
import { writeListFile } from './write-file.ts';

/**
 * Adds `GET /subsidies/files/:id?until=…&signature=…` to the API: a payment list as .xlsx, for an address made by
 * `listFileUrl`. 410 with a refusal once that has expired; any other address that is not good answers like one that never
 * was.
 */
export function subsidyFileRoute(app: FastifyInstance, { config, db, clock }: Deps): void {
  app.get('/subsidies/files/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const { until, signature } = request.query as Record<string, unknown>;
    const worth = judgeListAddress(config, { id, until, signature }, clock.now());
    if (worth === 'expired') return reply.code(410).send(refusalBody(listFileExpired, request));
    const list = worth === 'good' ? await db.manager.findOneBy(SubsidyList, { id }) : null;
    if (!list) return reply.callNotFound();
    const { name } = await db.manager.findOneByOrFail(Competition, { id: list.competitionId });
    return reply
      .headers({
        'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'content-disposition': `attachment; filename*=${fileNameParameter(`补助发放表-${name}.xlsx`)}`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(Readable.from(writeListFile(db.manager, list)));
  });
}
