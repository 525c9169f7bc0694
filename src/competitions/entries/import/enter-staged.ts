import { inTransaction, type Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { ReportProgress } from '../../../platform/jobs.ts';
import type { Refusal, Result } from '../../../platform/result.ts';
import { unionPath } from '../../../unions/queries.ts';
import { Overtaken } from '../../../unions/roster/batches.ts';
import { enterParties } from '../enter-parties.ts';
import { joinFirms } from '../join-firms.ts';
import { countParticipation } from '../participation/count-participation.ts';
import { type EntryTerms, lockEntryTerms, wrongTimeToEnter } from '../terms.ts';
import { EntryImport } from './entry-import.entity.ts';
import { failImport } from './fail-import.ts';
import { partyProblems } from './party-problems.ts';
import { writeProblems } from './problems.ts';
import { nextParties, type StagedRow, strikeRows } from './staged-rows.ts';

/**
 * The work of the job import-entries: enters the good rows of a checked file, batch by batch, each in a transaction of
 * its own with the figures that count it, and leaves the import "imported". Rows that have got a problem since the check
 * (somebody has entered herself, a quota is full) are noted and passed over. May be killed at any row and run again: what
 * is entered is struck off in the same transaction. Throws Overtaken when another run is ahead.
 */
export async function enterStaged(deps: Deps, importId: string, report: ReportProgress): Promise<void> {
  const one = await deps.db.manager.findOneBy(EntryImport, { id: importId });
  if (one?.state !== 'importing') return;
  let done = one.rowsDone;
  for (;;) {
    const parties = await nextParties(deps.db.manager, importId);
    if (parties.length === 0) break;
    const failure = await inTransaction(deps.db, (tx) => enterBatch(tx, deps, one, done, parties));
    if (failure) return failImport(deps, one, failure);
    done += parties.flat().length;
    await report({ done, of: one.rowsGood });
  }
  await finish(deps, one);
}

/** Resolves with why the import cannot go on at all; then nothing was changed. */
async function enterBatch(
  tx: Tx,
  deps: Deps,
  { id, competitionId, unionId, askedBy, askedAt }: EntryImport,
  done: number,
  parties: readonly StagedRow[][],
): Promise<Refusal | undefined> {
  const terms = await lockEntryTerms(tx, competitionId, await unionPath(tx, unionId));
  if (!terms.ok) return terms.refusal;
  const { competition } = terms.value;
  const wrong = wrongTimeToEnter(competition, competition.entrant, askedAt!);
  if (wrong) return wrong;
  const rows = parties.flat();
  // Another run waits here for one that is about to do the same.
  const { affectedRows: counted } = await tx.query<{ affectedRows: number }>(
    "UPDATE entry_import SET rows_done = rows_done + ? WHERE id = ? AND state = 'importing' AND rows_done = ?",
    [rows.length, id, done],
  );
  if (counted === 0) throw new Overtaken({ id });
  const entered = await enter(tx, deps, terms.value, parties, { by: askedBy!, at: askedAt! });
  const refused = parties.flatMap((party, i) => refusedRows(party, entered[i]!));
  await writeProblems(tx, id, refused);
  // Where firms enter, rows become part of entries that are there.
  const made = competition.entrant === 'firm' ? 0 : entered.filter(({ ok }) => ok).length;
  await tx.query('UPDATE entry_import SET entries_made = entries_made + ?, rows_bad = rows_bad + ? WHERE id = ?', [
    made,
    refused.length,
    id,
  ]);
  await strikeRows(tx, id, rows);
  return undefined;
}

function enter(
  tx: Tx,
  deps: Deps,
  terms: EntryTerms,
  parties: readonly StagedRow[][],
  entering: { by: string; at: Date },
): Promise<Result<string>[]> {
  if (terms.competition.entrant === 'firm') {
    const memberIds = parties.map(([row]) => row!.memberId);
    return joinFirms(tx, terms, memberIds, entering.at);
  }
  const whole = parties.map((rows) => ({ divisionId: rows[0]!.divisionId, name: rows[0]!.name, members: rows }));
  return enterParties(tx, deps, terms, whole, entering);
}

function refusedRows(party: readonly StagedRow[], entered: Result<string>) {
  if (entered.ok) return [];
  const rows = party.map(() => ({ headings: {} }));
  const problems = partyProblems(
    rows,
    party.map(() => []),
    entered.refusal,
  );
  return party.map(({ rowNo }, i) => ({ row: rowNo, problems: problems[i]! }));
}

async function finish(deps: Deps, { id, competitionId }: EntryImport): Promise<void> {
  // Before the end, so that a run that is cut off here does it again.
  await countParticipation(deps, competitionId);
  const { affectedRows: finished } = await deps.db.query<{ affectedRows: number }>(
    `UPDATE entry_import SET state = 'imported', finished_at = ?
     WHERE id = ? AND state = 'importing' AND rows_done = rows_good`,
    [deps.clock.now(), id],
  );
  if (finished === 0) throw new Overtaken({ id });
}
