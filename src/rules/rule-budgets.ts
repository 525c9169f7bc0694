import { TryAgain, type Tx } from '../platform/db/transaction.ts';
import { pointsFromSql } from '../platform/points.ts';
import type { MemberFacts } from './conditions.ts';
import type { RuleDefinition } from './definition.ts';
import type { Award, Short } from './judge.ts';

/** The branch_id of the row that counts what a rule awarded in all. */
const WHOLE = '';

interface Row {
  ruleId: string;
  branchId: string;
  awarded: number;
  added: number;
  /** Beyond this nothing is awarded; the definition of some version that is in hand. */
  most: number;
}

/**
 * The budgets of rules in one transaction. They are read without a lock, so that batches do not queue for a row that
 * every award of the rule counts in; `write` keeps them, and when another transaction used one up meanwhile, everything
 * is decided again.
 */
export class RuleBudgets {
  private constructor(private readonly rows: ReadonlyMap<string, Row>) {}

  static async read(tx: Tx, ruleIds: readonly string[]): Promise<RuleBudgets> {
    if (ruleIds.length === 0) return new RuleBudgets(new Map());
    const rows: { rule_id: string; branch_id: string; awarded: number }[] = await tx.query(
      'SELECT rule_id, branch_id, awarded FROM rule_budget WHERE rule_id IN (?)',
      [ruleIds],
    );
    return new RuleBudgets(
      new Map(
        rows.map(({ rule_id: ruleId, branch_id: branchId, awarded }) => [
          keyOf(ruleId, branchId),
          { ruleId, branchId, awarded: pointsFromSql(awarded), added: 0, most: Number.MAX_SAFE_INTEGER },
        ]),
      ),
    );
  }

  /** Which budget of the rule does not hold an award; undefined when all do. */
  short({ rule, event, points }: Award): Short | undefined {
    const { total, branches } = rule.definition.budget;
    const holds = (branchId: string, most: number) => {
      const row = this.rows.get(keyOf(rule.ruleId, branchId));
      if (!row) throw new Error(`rule ${rule.ruleId} has a budget that nothing counts`);
      row.most = most;
      return row.awarded + row.added + points <= most;
    };
    if (total !== null && !holds(WHOLE, total)) return 'rule';
    const own = branches.filter(({ unionId }) => event.member.unionPath.includes(`/${unionId}/`));
    return own.every(({ unionId, points: most }) => holds(unionId, most)) ? undefined : 'branch';
  }

  /** Counts an award, or one that is taken back when the points are negative, wherever the rule counts. */
  count(ruleId: string, member: Pick<MemberFacts, 'unionPath'>, points: number): void {
    for (const row of this.rows.values()) {
      const counts = row.branchId === WHOLE || member.unionPath.includes(`/${row.branchId}/`);
      if (row.ruleId === ruleId && counts) row.added += points;
    }
  }

  /** Writes what was counted, in the order in which everybody does. */
  async write(tx: Tx): Promise<void> {
    for (const [, row] of [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (row.added === 0) continue;
      const { affectedRows } = await tx.query(
        'UPDATE rule_budget SET awarded = awarded + ? WHERE rule_id = ? AND branch_id = ? AND awarded + ? BETWEEN 0 AND ?',
        [row.added, row.ruleId, row.branchId, row.added, row.most],
      );
      if (affectedRows !== 1) throw new TryAgain('the budget of a rule was used up by another transaction');
    }
  }
}

/** The branch_ids of the rows that a definition's budgets need. */
export function budgetRowsOf({ budget }: RuleDefinition): string[] {
  return [...(budget.total === null ? [] : [WHOLE]), ...budget.branches.map(({ unionId }) => unionId)];
}

const keyOf = (ruleId: string, branchId: string) => `${ruleId} ${branchId}`;
