import { beijingDay } from '../../platform/clock.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { type Batch, failImport, inBatches, Overtaken } from './batches.ts';
import { Branch } from './branch.ts';
import { writeProblems } from './check-roster.ts';
import { type CheckedRow, checkRow } from './check-row.ts';
import { Claims } from './duplicates.ts';
import { type Match, matchRows } from './match-rows.ts';
import { findImport, type RosterImport } from './queries.ts';
import { openRoster, type Roster } from './read-roster.ts';
import { pathOf, removeFile, verifyFile } from './stored-file.ts';
import { UnreadableRoster } from './unreadable.ts';
import { changesOf, createMembers, updateMember } from './write-members.ts';

/**
 * The work of the job import-roster: writes the good rows of a checked file into the roll, batch by batch, each in a
 * transaction of its own with the figures that count it, and leaves the import "imported". Rows with a problem are
 * skipped; a row that has got one since the check (somebody took the phone number) is noted and skipped too. May be killed
 * at any row and run again: it goes on after the last batch that was committed. Throws Overtaken when another run is ahead.
 */
export async function importMembers(deps: Deps, importId: string, report: ReportProgress): Promise<void> {
  const one = await findImport(deps.db.manager, importId);
  if (one?.state === 'imported') return removeFile(deps.config, one);
  if (one?.state !== 'importing') return;
  try {
    await verifyFile(deps.config, one);
    const roster = await openRoster(pathOf(deps.config, one));
    await importFile(deps, one, roster, report).finally(() => roster.close());
  } catch (error) {
    if (!(error instanceof UnreadableRoster)) throw error;
    await failImport(deps, one, error.failure);
  }
}

async function importFile(deps: Deps, one: RosterImport, roster: Roster, report: ReportProgress): Promise<void> {
  const work = await startImport(deps, one, roster);
  for await (const batch of inBatches(work.rows(), one.rowsDone)) {
    if (batch.from < one.rowsDone) continue;
    await inTransaction(deps.db, (tx) => importBatch(tx, deps, work, batch));
    await report({ done: batch.from + batch.rows.length, of: one.rowsRead });
  }
  await finish(deps, one);
}

interface Work {
  one: RosterImport;
  branch: Branch;
  /** The numbers of rows in which the check found a problem. */
  bad: ReadonlySet<number>;
  claims: Claims;
  rows(): AsyncGenerator<CheckedRow>;
}

async function startImport({ db, clock }: Deps, one: RosterImport, roster: Roster): Promise<Work> {
  const branch = await Branch.load(db.manager, one.unionId);
  const bad: { row_no: number }[] = await db.query('SELECT DISTINCT row_no FROM roster_problem WHERE import_id = ?', [
    one.id,
  ]);
  const today = beijingDay(clock.now());
  async function* rows() {
    for await (const row of roster.rows()) yield checkRow(row, branch, today);
  }
  return { one, branch, bad: new Set(bad.map((row) => row.row_no)), claims: new Claims(), rows };
}

async function importBatch(tx: Tx, { config, clock }: Deps, work: Work, batch: Batch<CheckedRow>): Promise<void> {
  const keys = config.personalData;
  const now = clock.now();
  const candidates = batch.rows.filter((row) => !work.bad.has(row.number));
  const matches = await matchRows(tx, keys, work.branch, candidates);
  // The check has been through the whole file for this; here it is for members who have changed since.
  for (const match of matches) work.claims.add(match);
  const problems = matches.map((match) => [...match.row.problems, ...work.claims.problemsOf(match), ...match.problems]);
  const good = matches.filter((_, i) => problems[i]!.length === 0);
  const created = good.filter((match) => match.before === undefined);
  const known = good.filter((match) => match.before !== undefined);
  const updated = known.map((match) => ({ match, changes: changesOf(keys, match) })).filter(hasChanges);

  await count(tx, work.one, batch, {
    bad: matches.length - good.length,
    created: created.length,
    updated: updated.length,
    unchanged: known.length - updated.length,
  });
  await writeProblems(tx, work.one, candidates, problems);
  await createMembers(tx, keys, created, now);
  for (const { match, changes } of updated) await updateMember(tx, match, changes, now);
}

function hasChanges({ changes }: { match: Match; changes: object }): boolean {
  return Object.keys(changes).length > 0;
}

/** Adds a batch to the figures, unless another run has done so. It waits here for a run that is about to. */
async function count(
  tx: Tx,
  one: RosterImport,
  batch: Batch<CheckedRow>,
  figures: { bad: number; created: number; updated: number; unchanged: number },
): Promise<void> {
  const { affectedRows: counted } = await tx.query<{ affectedRows: number }>(
    `UPDATE roster_import SET rows_done = ?, rows_bad = rows_bad + ?, members_created = members_created + ?,
         members_updated = members_updated + ?, members_unchanged = members_unchanged + ?
       WHERE id = ? AND state = 'importing' AND rows_done = ?`,
    [
      batch.from + batch.rows.length,
      figures.bad,
      figures.created,
      figures.updated,
      figures.unchanged,
      one.id,
      batch.from,
    ],
  );
  if (counted === 0) throw new Overtaken(one);
}

async function finish({ db, config, clock }: Deps, one: RosterImport): Promise<void> {
  const { affectedRows: finished } = await db.query<{ affectedRows: number }>(
    `UPDATE roster_import SET state = 'imported', finished_at = ?
       WHERE id = ? AND state = 'importing' AND rows_done = rows_read`,
    [clock.now(), one.id],
  );
  if (finished === 0) throw new Overtaken(one);
  await removeFile(config, one);
}
