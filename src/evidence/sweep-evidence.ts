import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { filesWrittenBefore, removeFile } from './stored-file.ts';

const KEPT_MS = 24 * 3_600_000;
const ROWS_AT_ONCE = 500;

/**
 * Deletes the evidence that has been attached to nothing for 24 hours: the rows first, then every file older than that
 * which has no row, so also what an upload or a sweep that was cut off left behind. Returns how many files it deleted.
 */
export async function sweepEvidence(deps: Deps, progress?: ReportProgress): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - KEPT_MS);
  await deleteRows(deps, before);
  let deleted = 0;
  for await (const ids of inBatches(filesWrittenBefore(deps.config, before))) {
    for (const id of await withoutRow(deps, ids)) {
      await removeFile(deps.config, id);
      deleted += 1;
    }
    await progress?.({ done: deleted });
  }
  return deleted;
}

async function deleteRows({ db }: Deps, before: Date): Promise<void> {
  const statement = 'DELETE FROM evidence_file WHERE free_since <= ? ORDER BY free_since, id LIMIT ?';
  for (;;) {
    const { affectedRows } = await inTransaction(db, (tx) =>
      tx.query<{ affectedRows: number }>(statement, [before, ROWS_AT_ONCE]),
    );
    if (affectedRows === 0) return;
  }
}

async function* inBatches(ids: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const id of ids) {
    batch.push(id);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function withoutRow({ db }: Deps, ids: readonly string[]): Promise<string[]> {
  const rows: { id: string }[] = await db.query('SELECT id FROM evidence_file WHERE id IN (?)', [ids]);
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}
