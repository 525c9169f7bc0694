import type { Tx } from '../../platform/db/transaction.ts';
import type { Step, StepNote } from './step.entity.ts';

/** A step to be written, of one achievement or of many alike. */
export interface NewStep {
  what: Step;
  /** As an actor. */
  by: string;
  note?: StepNote;
}

/** Writes the next step into the histories of achievements that this transaction holds. One statement, however many. */
export async function addSteps(tx: Tx, ids: readonly string[], { what, by, note = {} }: NewStep, now: Date) {
  await tx.query(
    `INSERT INTO achievement_step (achievement_id, number, what, taken_by, taken_at, note)
     SELECT a.id, COALESCE(MAX(s.number), 0) + 1, ?, ?, ?, ?
     FROM achievement a LEFT JOIN achievement_step s ON s.achievement_id = a.id WHERE a.id IN (?) GROUP BY a.id`,
    [what, by, now, JSON.stringify(note), ids],
  );
}
