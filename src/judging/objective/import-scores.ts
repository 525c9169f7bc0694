import type { EntityManager } from 'typeorm';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { UnreadableRoster } from '../../unions/roster/unreadable.ts';
import { reasonMissing } from '../judges/refusals.ts';
import { LONGEST_REASON } from '../limits.ts';
import type { Panel } from '../panels/panel.entity.ts';
import { criteriaOf } from '../panels/queries.ts';
import { isRankingFinal } from '../ranking/queries.ts';
import { rankingFinal } from '../ranking/refusals.ts';
import { lockPanelInScope, panelInScope } from '../scope.ts';
import { checkRows, type ObjectiveScore } from './check-rows.ts';
import { openTable } from './open-table.ts';
import type { Problem } from './problems.ts';
import { readScores } from './read-scores.ts';
import { importTooEarly, noScores, rowsWrong } from './refusals.ts';

/** A file of objective scores that lies on this machine's disk. */
export interface ScoreFile {
  path: string;
  fileName: string;
  sha256: Buffer;
}

/** What a file has, and what is wrong with it; nothing is written while anything is. */
export interface Trial {
  rows: number;
  scores: number;
  /** How many problems there are; the first of them are told. */
  problemCount: number;
  problems: Problem[];
}

const PROBLEMS_TOLD = 200;

/**
 * Says what an import of this file would do (judging:write in the panel's union), and writes nothing. Refusals:
 * PANEL_UNKNOWN, PANEL_NOT_SCORING while it is being prepared, and those of a file that cannot be used.
 */
export async function tryObjectiveScores(
  { db }: Deps,
  caller: AdminCaller,
  panelId: string,
  file: ScoreFile,
): Promise<Result<Trial>> {
  const found = await panelInScope(db.manager, caller, 'judging:write', panelId);
  if (!found.ok) return found;
  if (found.value.state === 'preparing') return refuse(importTooEarly);
  return readFile(db.manager, found.value, file, async () => {});
}

/**
 * Imports the objective scores of a file, all or none, into a panel that is scoring, or, for a reason, into one that is
 * closed (judging:write in its union); audited. Where a candidate has a score for the criterion already, the new one
 * counts from the next version of the ranking on. Resolves with the panel's id. Refusals: PANEL_UNKNOWN,
 * PANEL_BUSY, PANEL_NOT_SCORING, REASON_MISSING, RANKING_FINAL, ROWS_WRONG, NO_SCORES, and those of a file that cannot be used.
 */
export async function importObjectiveScores(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { panelId: string; reason: string | null },
  file: ScoreFile,
): Promise<Outcome> {
  const { panelId, reason } = input;
  const asked = { ...input, fileName: file.fileName, sha256: file.sha256.toString('hex') };
  return act(deps, caller, { operation: 'importObjectiveScores', key, input: asked }, async (tx, now) => {
    const found = await lockPanelInScope(tx, caller, panelId);
    if (!found.ok) return found;
    const panel = found.value;
    const trouble = troubleWith(panel, reason);
    if (trouble) return refuse(trouble);
    if (await isRankingFinal(tx, panelId)) return refuse(rankingFinal);
    const number = panel.importCount + 1;
    const read = await readFile(tx, panel, file, (scores) => writeScores(tx, panelId, number, scores));
    if (!read.ok) return read;
    const { rows, scores, problemCount, problems } = read.value;
    if (problems[0]) return refuse(rowsWrong(problemCount, problems[0]));
    if (scores === 0) return refuse(noScores);
    await tx.query('UPDATE panel SET import_count = ?, ranking_outdated = (ranking_count > 0) WHERE id = ?', [
      number,
      panelId,
    ]);
    const after = { number, fileName: file.fileName, sha256: asked.sha256, rows, scores, reason };
    await tx.query(
      `INSERT INTO objective_import (panel_id, number, file_name, file_sha256, row_count, score_count, reason, counts_from,
         imported_by, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[panelId, number, file.fileName, file.sha256, rows, scores, reason, panel.rankingCount + 1],
        ...[caller.actor, now],
      ],
    );
    const target = { targetKind: 'panel', targetId: panelId, unionId: panel.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'importObjectiveScores', ...target, after }, now);
    return accept(panelId);
  });
}

function troubleWith({ state }: Panel, reason: string | null): Refusal | undefined {
  if (state === 'preparing') return importTooEarly;
  const isGiven = reason !== null && reason.trim().length >= 1 && reason.length <= LONGEST_REASON;
  return (state === 'closed' || reason !== null) && !isGiven ? reasonMissing : undefined;
}

/** Reads a file and hands the scores on, part by part, as long as nothing was found wrong. */
async function readFile(
  db: EntityManager,
  panel: Panel,
  { path }: ScoreFile,
  write: (scores: readonly ObjectiveScore[]) => Promise<void>,
): Promise<Result<Trial>> {
  const trial: Trial = { rows: 0, scores: 0, problemCount: 0, problems: [] };
  try {
    const table = await openTable(path);
    const rows = readScores(table, await criteriaOf(db, panel.id));
    try {
      for await (const part of checkRows(db, panel.id, rows)) {
        trial.rows += part.rows;
        trial.scores += part.scores.length;
        trial.problemCount += part.problems.length;
        trial.problems.push(...part.problems.slice(0, PROBLEMS_TOLD - trial.problems.length));
        if (trial.problemCount === 0) await write(part.scores);
      }
    } finally {
      table.close();
    }
  } catch (error) {
    if (error instanceof UnreadableRoster) return refuse(error.failure);
    throw error;
  }
  return accept(trial);
}

async function writeScores(tx: Tx, panelId: string, number: number, scores: readonly ObjectiveScore[]): Promise<void> {
  await insertRows(
    tx,
    'panel_score',
    ['panel_id', 'candidate_id', 'judge_id', 'sheet_number', 'criterion_number', 'value'],
    scores.map(({ candidateId, criterion, value }) => [panelId, candidateId, '', number, criterion, value]),
  );
}
