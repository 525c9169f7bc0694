import type { EntityManager } from 'typeorm';
import type { Criterion } from '../panels/criterion.entity.ts';
import { thousandthsOf } from '../score.ts';
import { candidateUnknown, type Problem, rowRepeated, scoreForm, scoreOffScale, type Words } from './problems.ts';
import type { ScoreRow } from './read-scores.ts';

/** An objective score that was found good. */
export interface ObjectiveScore {
  candidateId: string;
  criterion: number;
  /** In thousandths. */
  value: number;
}

/** A part of a file after it was checked. */
export interface CheckedRows {
  rows: number;
  scores: ObjectiveScore[];
  problems: Problem[];
}

const ROWS_AT_ONCE = 1000;

/** Checks rows against a panel's candidates and criteria, a thousand at a time. */
export async function* checkRows(
  db: EntityManager,
  panelId: string,
  rows: AsyncIterable<ScoreRow>,
): AsyncGenerator<CheckedRows> {
  const firstRows = new Map<number, number>();
  let batch: ScoreRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield await checkBatch(db, panelId, batch, firstRows);
    batch = [];
  }
  if (batch.length > 0) yield await checkBatch(db, panelId, batch, firstRows);
}

async function checkBatch(
  db: EntityManager,
  panelId: string,
  batch: readonly ScoreRow[],
  firstRows: Map<number, number>,
): Promise<CheckedRows> {
  const candidates = await candidatesByNumber(db, panelId, batch);
  const checked: CheckedRows = { rows: batch.length, scores: [], problems: [] };
  for (const { row, number: text, scores } of batch) {
    const number = numberOf(text);
    const candidateId = number === undefined ? undefined : candidates.get(number);
    const first = number === undefined ? undefined : firstRows.get(number);
    const add = (words: Words) => checked.problems.push({ row, ...words });
    if (number === undefined || candidateId === undefined) add(candidateUnknown(text));
    else if (first !== undefined) add(rowRepeated(number, first));
    else firstRows.set(number, row);
    for (const { criterion, text: written } of scores) {
      const value = scoreOf(criterion, written);
      if (typeof value !== 'number') add(value);
      else if (candidateId !== undefined) checked.scores.push({ candidateId, criterion: criterion.number, value });
    }
  }
  return checked;
}

async function candidatesByNumber(
  db: EntityManager,
  panelId: string,
  batch: readonly ScoreRow[],
): Promise<Map<number, string>> {
  const column = batch[0]!.blind ? 'blind_number' : 'number';
  const rows: { id: string; number: number }[] = await db.query(
    `SELECT id, ${column} AS number FROM panel_candidate WHERE panel_id = ? AND state = 'in' AND ${column} IN (?)`,
    [panelId, batch.map(({ number }) => numberOf(number) ?? 0)],
  );
  return new Map(rows.map(({ id, number }) => [number, id]));
}

function numberOf(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** A score in thousandths, or what is wrong with it. */
function scoreOf({ name, scaleMin, scaleMax }: Criterion, text: string): number | Words {
  const value = /^[+-]?\d{1,10}(\.\d{1,20})?$/.test(text) ? thousandthsOf(Number(text)) : undefined;
  if (value === undefined) return scoreForm(name, text);
  return value < scaleMin || value > scaleMax ? scoreOffScale(name, scaleMin, scaleMax) : value;
}
