import type { FastifyInstance } from 'fastify';
import { type Deps, depsAbout } from '../../../platform/deps.ts';
import { fileNameParameter } from '../../../platform/http/file-name.ts';
import { refusalBody } from '../../../platform/http/refusal-body.ts';
import { Merchant } from '../../merchant.entity.ts';
import { statementFileDamaged, statementFileExpired } from '../refusals.ts';
import { SettlementStatement } from '../statement.entity.ts';
import { judgeStatementAddress } from './address.ts';
import { openFile } from './open-file.ts';
import { replaceFile } from './replace-file.ts';
import { type FileFormat, StatementFile } from './statement-file.entity.ts';

const MEDIA_TYPES: Record<FileFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/**
 * Adds `GET /statements/files/:id?until=…&signature=…` to the API: a statement as .xlsx or .csv, for an address made by
 * `statementFileUrl`, after its content was found to be what was recorded. 410 with a refusal once that has expired; any
 * other address that is not good answers like one that never was. 503 with a refusal when the file is damaged or has
 * gone: it is made anew then.
 */
export function statementFileRoute(app: FastifyInstance, deps: Deps): void {
  app.get('/statements/files/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const { until, signature } = request.query as Record<string, unknown>;
    const worth = judgeStatementAddress(deps.config, { id, until, signature }, deps.clock.now());
    if (worth === 'expired') return reply.code(410).send(refusalBody(statementFileExpired, request));
    const file = worth === 'good' ? await deps.db.manager.findOneBy(StatementFile, { id }) : null;
    if (!file) return reply.callNotFound();
    const handle = await openFile(deps.config, file);
    if (!handle) {
      await replaceFile(depsAbout(deps, { requestId: request.id }), file);
      return reply.code(503).send(refusalBody(statementFileDamaged, request));
    }
    return reply
      .headers({
        'content-type': MEDIA_TYPES[file.format],
        'content-length': file.size,
        'content-disposition': `attachment; filename*=${fileNameParameter(await fileName(deps, file))}`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(handle.createReadStream({ start: 0 }));
  });
}

/** "结算单-2026-07-悦来茶楼.xlsx" */
async function fileName({ db }: Deps, { statementId, format }: StatementFile): Promise<string> {
  const { month, merchantId } = await db.manager.findOneByOrFail(SettlementStatement, { id: statementId });
  const { name } = await db.manager.findOneByOrFail(Merchant, { id: merchantId });
  return `结算单-${month}-${name}.${format}`;
}
