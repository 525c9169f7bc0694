import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { beijingDay } from '../../platform/clock.ts';
import type { Deps } from '../../platform/deps.ts';
import { fileNameParameter } from '../../platform/http/file-name.ts';
import { refusalBody } from '../../platform/http/refusal-body.ts';
import { findUnions } from '../../unions/queries.ts';
import { judgeRewardAddress } from './address.ts';
import { rewardFileExpired } from './refusals.ts';
import { RewardList } from './reward-list.entity.ts';
import { writeRewardFile } from './write-file.ts';

/**
 * Adds `GET /rewards/files/:id?until=…&signature=…` to the API: a list of rewards as .xlsx, for an address made by
 * `rewardFileUrl`. 410 with a refusal once that has expired; any other address that is not good answers like one that
 * never was.
 */
export function rewardFileRoute(app: FastifyInstance, { config, db, clock }: Deps): void {
  app.get('/rewards/files/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const { until, signature } = request.query as Record<string, unknown>;
    const worth = judgeRewardAddress(config, { id, until, signature }, clock.now());
    if (worth === 'expired') return reply.code(410).send(refusalBody(rewardFileExpired, request));
    const list = worth === 'good' ? await db.manager.findOneBy(RewardList, { id }) : null;
    if (!list) return reply.callNotFound();
    const [union] = await findUnions(db.manager, [list.unionId]);
    const name = `创新奖励发放表-${union!.name}-${beijingDay(list.madeAt)}.xlsx`;
    return reply
      .headers({
        'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'content-disposition': `attachment; filename*=${fileNameParameter(name)}`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(Readable.from(writeRewardFile(db.manager, list)));
  });
}
