import type { EntityManager } from 'typeorm';
import { beijingDay } from '../../../platform/clock.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { ReportProgress } from '../../../platform/jobs.ts';
import { unionPath } from '../../../unions/queries.ts';
import { type Batch, inBatches, Overtaken } from '../../../unions/roster/batches.ts';
import { Branch } from '../../../unions/roster/branch.ts';
import { pathOf, removeFile, verifyFile } from '../../../unions/roster/stored-file.ts';
import { noRows, UnreadableRoster } from '../../../unions/roster/unreadable.ts';
import { roomInQuotas } from '../quotas.ts';
import { entryTerms } from '../terms.ts';
import { EntryImport } from './entry-import.entity.ts';
import { failImport } from './fail-import.ts';
import { type Bench, type JudgedParty, judgeLines } from './judge-lines.ts';
import { writeProblems } from './problems.ts';
import { type EntryFile, type EntryLine, inParties, openEntries, readLine } from './read-entries.ts';
import { stagedParties, stageRows } from './staged-rows.ts';

/**
 * The work of the job check-entries: reads an uploaded file, writes down every problem of every row, sets the good rows
 * aside as ids, and leaves the import "checked", or "failed" with a reason when the file cannot be used. Nobody is
 * entered. May be killed at any row and run again: it goes on after the last batch that was committed. Throws Overtaken
 * when another run is ahead. The file is deleted in the end.
 */
export async function checkEntries(deps: Deps, importId: string, report: ReportProgress): Promise<void> {
  const one = await deps.db.manager.findOneBy(EntryImport, { id: importId });
  if (one?.state === 'checked') return removeFile(deps.config, one);
  if (one?.state !== 'checking') return;
  try {
    await verifyFile(deps.config, one);
    const file = await openEntries(pathOf(deps.config, one));
    await checkFile(deps, one, file, report).finally(() => file.close());
  } catch (error) {
    if (!(error instanceof UnreadableRoster)) throw error;
    await failImport(deps, one, error.failure);
  }
  await removeFile(deps.config, one);
}

async function checkFile(deps: Deps, one: EntryImport, file: EntryFile, report: ReportProgress): Promise<void> {
  const path = await unionPath(deps.db.manager, one.unionId);
  const terms = await entryTerms(deps.db.manager, one.competitionId, path);
  if (!terms.ok) return failImport(deps, one, terms.refusal);
  const total = await countRows(file);
  const bench = await openBench(deps, one, terms.value);
  async function* lines(): AsyncGenerator<EntryLine> {
    for await (const row of file.rows()) yield readLine(row, bench.terms, bench.branch, bench.day);
  }
  for await (const batch of inBatches(inParties(lines()), one.partiesRead)) {
    if (batch.from < one.partiesRead) continue;
    const judged = await judgeLines(deps.db.manager, deps.config.personalData, bench, batch.rows);
    await report({ done: await keep(deps, one, batch, judged), of: total });
  }
  await finish(deps, one, total);
}

/** Reads the file from end to end, to see that it can be used before any row is judged. */
async function countRows(file: EntryFile): Promise<number> {
  let total = 0;
  for await (const _ of file.rows()) total += 1;
  if (total === 0) throw noRows();
  return total;
}

async function openBench({ db, clock }: Deps, one: EntryImport, terms: Bench['terms']): Promise<Bench> {
  const room = await roomInQuotas(db.manager, one.competitionId);
  // What an earlier run found good has its places.
  if (terms.competition.entrant !== 'firm')
    for (const [path, parties] of await stagedParties(db.manager, one.id))
      for (let i = 0; i < parties; i++) room.take(path);
  const branch = await Branch.load(db.manager, one.unionId);
  return { importId: one.id, terms, branch, day: beijingDay(clock.now()), room };
}

/** Keeps what a batch was found to be, unless another run has done so. Resolves with how many rows the check is past. */
async function keep({ db }: Deps, { id }: EntryImport, batch: Batch<EntryLine[]>, judged: JudgedParty[]) {
  const rows = judged.flatMap(({ lines, problems }) =>
    lines.map(({ row }, i) => ({ row: row.number, problems: problems[i]! })),
  );
  const bad = rows.filter(({ problems }) => problems.length > 0).length;
  return inTransaction(db, async (tx) => {
    const { affectedRows: counted } = await tx.query<{ affectedRows: number }>(
      `UPDATE entry_import SET parties_read = ?, rows_read = rows_read + ?, rows_bad = rows_bad + ?, rows_good = rows_good + ?
       WHERE id = ? AND state = 'checking' AND parties_read = ?`,
      [batch.from + batch.rows.length, rows.length, bad, rows.length - bad, id, batch.from],
    );
    if (counted === 0) throw new Overtaken({ id });
    await writeProblems(tx, id, rows);
    await stageRows(
      tx,
      id,
      judged.flatMap(({ good }) => good),
    );
    return rowsRead(tx, id);
  });
}

async function rowsRead(db: EntityManager, id: string): Promise<number> {
  return (await db.findOneByOrFail(EntryImport, { id })).rowsRead;
}

async function finish({ db }: Deps, { id }: EntryImport, total: number): Promise<void> {
  const { affectedRows: finished } = await db.query<{ affectedRows: number }>(
    "UPDATE entry_import SET state = 'checked' WHERE id = ? AND state = 'checking' AND rows_read = ?",
    [id, total],
  );
  if (finished === 0) throw new Overtaken({ id });
}
