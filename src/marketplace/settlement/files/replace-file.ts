import { enqueue } from '../../../platform/db/outbox.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { makeStatementFilesDefinition } from '../job-definitions.ts';
import type { StatementFile } from './statement-file.entity.ts';

/**
 * Gives up a file of a statement that is damaged or has gone, and asks the job for a new one, which is another file with
 * a sum of its own: what it is called by may be written otherwise by now, its lines are the ledger's. Once for each file,
 * however many ask for it at the same time. What is left of the old one is swept.
 */
export async function replaceFile({ db, clock, log }: Deps, { id, statementId, sha256 }: StatementFile): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { affectedRows } = await tx.query<{ affectedRows: number }>('DELETE FROM settlement_file WHERE id = ?', [id]);
    if (affectedRows === 0) return;
    await enqueue(tx, makeStatementFilesDefinition, { statementId }, clock.now());
    log.error({ statementId, fileId: id, sha256: sha256.toString('hex') }, 'a statement file is damaged; made anew');
  });
}
