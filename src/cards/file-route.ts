import type { FastifyInstance } from 'fastify';
import { recordAudit } from '../identity/audit.ts';
import { beijingDay } from '../platform/clock.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { refusalBody } from '../platform/http/refusal-body.ts';
import { CardBatch } from './card-batch.entity.ts';
import { judgeFileAddress } from './file-address.ts';
import { openPrinterFile } from './printer-file.ts';
import { fileAddressExpired } from './refusals.ts';

/**
 * Adds `GET /card-batches/:id?for=…&until=…&signature=…` to the API: the printer file of a batch, for an address made by
 * `printerFileUrl`. Each download is in the audit trail, in the name of whom the address was made for, before the first
 * byte goes out. 410 with a refusal once the address has expired; any other that is not good, and a file that was
 * deleted, answer like one that never was.
 */
export function printerFileRoute(app: FastifyInstance, { config, db, clock }: Deps): void {
  app.get('/card-batches/:id', async (request, reply) => {
    const { id } = request.params as { id: string };
    const { for: actor, until, signature } = request.query as Record<string, string>;
    const worth = judgeFileAddress(config, { id, actor, until, signature }, clock.now());
    if (worth === 'expired') return reply.code(410).send(refusalBody(fileAddressExpired, request));
    const batch = worth === 'good' ? await db.manager.findOneBy(CardBatch, { id }) : null;
    if (!batch?.fileUntil) return reply.callNotFound();
    const target = { targetKind: 'card-batch', targetId: id, unionId: batch.unionId };
    const download = { actor: actor!, action: 'downloadPrinterFile', ...target };
    await inTransaction(db, (tx) => recordAudit(tx, download, clock.now()));
    const file = await openPrinterFile(config, id);
    return reply
      .headers({
        'content-type': 'text/csv; charset=utf-8',
        'content-length': (await file.stat()).size,
        'content-disposition': `attachment; filename="cards-${beijingDay(batch.createdAt)}.csv"`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
      .send(file.createReadStream());
  });
}
