import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { pointsFromSql } from '../platform/points.ts';
import type { RuleDefinition } from './definition.ts';
import { budgetRowsOf } from './rule-budgets.ts';

/** The branch_id of what a rule awarded in all. */
const WHOLE = '';

/**
 * Begins to count what a rule awards, in all and in branches, where its new definition has a budget that is not counted
 * yet; what it awarded before counts too. The caller holds the rule locked for writing and judging locks it for reading,
 * so nothing is awarded meanwhile.
 */
export async function openRuleBudgets(tx: Tx, ruleId: string, definition: RuleDefinition): Promise<void> {
  const rows: { branch_id: string }[] = await tx.query('SELECT branch_id FROM rule_budget WHERE rule_id = ?', [ruleId]);
  const counted = new Set(rows.map((row) => row.branch_id));
  const missing = budgetRowsOf(definition).filter((branchId) => !counted.has(branchId));
  if (missing.length === 0) return;
  const awarded = await awardedByUnion(tx, ruleId);
  const awardedIn = (branchId: string) =>
    awarded
      .filter(({ path }) => branchId === WHOLE || path.includes(`/${branchId}/`))
      .reduce((sum, { points }) => sum + points, 0);
  await insertRows(
    tx,
    'rule_budget',
    ['rule_id', 'branch_id', 'awarded'],
    missing.map((branchId) => [ruleId, branchId, awardedIn(branchId)]),
  );
}

/** What a rule gave and did not take back, by the union in which the member was when the event was recorded. */
async function awardedByUnion(tx: Tx, ruleId: string): Promise<{ path: string; points: number }[]> {
  const rows: { path: string; points: string }[] = await tx.query(
    `SELECT JSON_UNQUOTE(JSON_EXTRACT(e.facts, '$.unionPath')) AS path, SUM(a.points) AS points
     FROM accrual a JOIN activity_event e ON e.id = a.event_id
     WHERE a.rule_id = ? AND a.revocation_id = '' GROUP BY path`,
    [ruleId],
  );
  return rows.map(({ path, points }) => ({ path, points: pointsFromSql(points) }));
}
