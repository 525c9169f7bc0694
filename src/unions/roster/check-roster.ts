import { beijingDay } from '../../platform/clock.ts';
import { insertRows } from '../../platform/db/sql.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { type Batch, failImport, inBatches, Overtaken } from './batches.ts';
import { Branch } from './branch.ts';
import { type CheckedRow, checkRow } from './check-row.ts';
import { Claims, Duplicates } from './duplicates.ts';
import { type Match, matchRows } from './match-rows.ts';
import { listBranchAsMissing, strikeNamed } from './missing.ts';
import type { Problem } from './problems.ts';
import { findImport, type RosterImport } from './queries.ts';
import { openRoster, type Roster } from './read-roster.ts';
import { pathOf, verifyFile } from './stored-file.ts';
import { noRows, UnreadableRoster } from './unreadable.ts';

/**
 * The work of the job check-roster: reads an uploaded file, writes down every problem of every row and the figures, and
 * leaves the import "checked", or "failed" with a reason when the file cannot be used. No member is touched. May be
 * killed at any row and run again: it goes on after the last batch that was committed. Throws Overtaken when another run
 * is ahead.
 */
export async function checkRoster(deps: Deps, importId: string, report: ReportProgress): Promise<void> {
  const one = await findImport(deps.db.manager, importId);
  if (one?.state !== 'checking') return;
  try {
    await verifyFile(deps.config, one);
    const roster = await openRoster(pathOf(deps.config, one));
    await checkFile(deps, one, roster, report).finally(() => roster.close());
  } catch (error) {
    if (!(error instanceof UnreadableRoster)) throw error;
    await failImport(deps, one, error.failure);
  }
}

async function checkFile(deps: Deps, one: RosterImport, roster: Roster, report: ReportProgress): Promise<void> {
  const check = await startCheck(deps, one, roster);
  for await (const batch of inBatches(check.rows(), one.rowsRead)) {
    if (batch.from < one.rowsRead) continue;
    await checkBatch(deps, check, batch);
    await report({ done: batch.from + batch.rows.length, of: check.total });
  }
  await finish(deps, one, check.total);
}

interface Check {
  one: RosterImport;
  branch: Branch;
  duplicates: Duplicates;
  claims: Claims;
  total: number;
  rows(): AsyncGenerator<CheckedRow>;
}

/**
 * Reads the file from end to end before any row is judged: whether it can be used, how many rows it has, which values come
 * twice, and which members and staff numbers more than one row claims.
 */
async function startCheck({ db, config, clock }: Deps, one: RosterImport, roster: Roster): Promise<Check> {
  const branch = await Branch.load(db.manager, one.unionId);
  const today = beijingDay(clock.now());
  async function* rows() {
    for await (const row of roster.rows()) yield checkRow(row, branch, today);
  }
  const duplicates = new Duplicates(branch);
  let total = 0;
  for await (const row of rows()) {
    duplicates.add(row);
    total += 1;
  }
  if (total === 0) throw noRows();
  duplicates.settle();
  // Once more, because to hold all values and all claims at once would take half as much memory again.
  const claims = new Claims();
  for await (const batch of inBatches(rows(), 0)) {
    for (const match of await matchRows(db.manager, config.personalData, branch, batch.rows)) claims.add(match);
  }
  claims.settle();
  return { one, branch, duplicates, claims, total, rows };
}

async function checkBatch(deps: Deps, check: Check, batch: Batch<CheckedRow>): Promise<void> {
  const { one, branch, duplicates, claims } = check;
  const matches = await matchRows(deps.db.manager, deps.config.personalData, branch, batch.rows);
  const problems = matches.map((match) => {
    const shared = duplicates.problemsOf(match.row);
    // Rows that share a value often share what it means; that need not be told twice.
    if (shared.length === 0) shared.push(...claims.problemsOf(match));
    return [...match.row.problems, ...shared, ...match.problems];
  });
  await inTransaction(deps.db, async (tx) => {
    const bad = problems.filter((ofRow) => ofRow.length > 0).length;
    const { affectedRows: counted } = await tx.query<{ affectedRows: number }>(
      `UPDATE roster_import SET rows_read = ?, rows_bad = rows_bad + ?
         WHERE id = ? AND state = 'checking' AND rows_read = ?`,
      [batch.from + batch.rows.length, bad, one.id, batch.from],
    );
    if (counted === 0) throw new Overtaken(one);
    await writeProblems(tx, one, batch.rows, problems);
    if (one.isFull) await updateMissing(tx, one, batch, matches);
  });
}

async function updateMissing(tx: Tx, one: RosterImport, batch: Batch<CheckedRow>, matches: Match[]): Promise<void> {
  if (batch.from === 0) await listBranchAsMissing(tx, one);
  await strikeNamed(
    tx,
    one,
    matches.flatMap((match) => match.named),
  );
}

/** Writes down the problems of rows; each row's are numbered from 1. */
export async function writeProblems(
  tx: Tx,
  { id }: RosterImport,
  rows: readonly CheckedRow[],
  problems: readonly (readonly Problem[])[],
): Promise<void> {
  await insertRows(
    tx,
    'roster_problem',
    ['import_id', 'row_no', 'number', 'heading', 'code', 'message_zh', 'message_en'],
    rows.flatMap((row, i) =>
      problems[i]!.map(({ heading, code, message }, place) => [
        id,
        row.number,
        place + 1,
        heading.slice(0, 60),
        code,
        message.zh,
        message.en,
      ]),
    ),
  );
}

async function finish({ db }: Deps, one: RosterImport, total: number): Promise<void> {
  const { affectedRows: finished } = await db.query<{ affectedRows: number }>(
    `UPDATE roster_import SET state = 'checked',
         members_missing = (SELECT COUNT(*) FROM roster_missing WHERE import_id = ?)
       WHERE id = ? AND state = 'checking' AND rows_read = ?`,
    [one.id, one.id, total],
  );
  if (finished === 0) throw new Overtaken(one);
}
