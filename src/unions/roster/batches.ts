import type { Deps } from '../../platform/deps.ts';
import type { Refusal } from '../../platform/result.ts';
import type { RosterImport } from './queries.ts';
import { removeFile } from './stored-file.ts';

/** Rows that are checked or imported, and counted, in one transaction. */
export const ROWS_IN_BATCH = 500;

/** Some rows of a file in a row: those after the first `from`. */
export interface Batch<R> {
  from: number;
  rows: R[];
}

/** Cuts rows into batches. None reaches across row `cut`, up to which an earlier run got, so that each is new or done. */
export async function* inBatches<R>(rows: AsyncIterable<R>, cut: number): AsyncGenerator<Batch<R>> {
  let batch: Batch<R> = { from: 0, rows: [] };
  for await (const row of rows) {
    batch.rows.push(row);
    const to = batch.from + batch.rows.length;
    if (batch.rows.length < ROWS_IN_BATCH && to !== cut) continue;
    yield batch;
    batch = { from: to, rows: [] };
  }
  if (batch.rows.length > 0) yield batch;
}

/** Thrown when another run of the same job is ahead: it does the work, and this run has changed nothing. */
export class Overtaken extends Error {
  constructor({ id }: Pick<RosterImport, 'id'>) {
    super(`another run is ahead with the import ${id}`);
  }
}

/** Ends an import that cannot go on, with the reason for the person who uploaded the file. */
export async function failImport(
  { db, config, clock }: Deps,
  one: RosterImport,
  { code, message }: Refusal,
): Promise<void> {
  await db.query(
    `UPDATE roster_import SET state = 'failed', failure_code = ?, failure_zh = ?, failure_en = ?, finished_at = ?
     WHERE id = ? AND state = ?`,
    [code, message.zh, message.en, clock.now(), one.id, one.state],
  );
  await removeFile(config, one);
}
