import type { EntityManager } from 'typeorm';
import type { Tx } from '../platform/db/transaction.ts';
import { type Points, pointsFromSql } from '../platform/points.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { budgetBelowIssued } from './refusals.ts';

export interface Budget {
  /** What the programme may issue in all. */
  budget: Points;
  /** What it has issued, less what was taken back. */
  issued: Points;
}

/** Sets the points that a programme may issue in all; accepted with what it was before. Refusal: BUDGET_BELOW_ISSUED. */
export async function setBudget(tx: Tx, programmeId: string, budget: Points): Promise<Result<Points>> {
  // Locks a row that is there as well. INSERT IGNORE would share it, and two who then want it alone are a deadlock.
  await tx.query(
    'INSERT INTO programme_budget (programme_id, budget, issued) VALUES (?, 0, 0) ON DUPLICATE KEY UPDATE budget = budget',
    [programmeId],
  );
  const [row] = await tx.query('SELECT budget, issued FROM programme_budget WHERE programme_id = ? FOR UPDATE', [
    programmeId,
  ]);
  if (pointsFromSql(row.issued) > budget) return refuse(budgetBelowIssued);
  await tx.query('UPDATE programme_budget SET budget = ? WHERE programme_id = ?', [budget, programmeId]);
  return accept(pointsFromSql(row.budget));
}

/** The budget of a programme; one without any may issue nothing. */
export async function findBudget(db: EntityManager, programmeId: string): Promise<Budget | undefined> {
  const [row]: { budget: number; issued: number }[] = await db.query(
    'SELECT budget, issued FROM programme_budget WHERE programme_id = ?',
    [programmeId],
  );
  return row && { budget: pointsFromSql(row.budget), issued: pointsFromSql(row.issued) };
}
