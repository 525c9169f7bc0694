import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { VersionedRule } from '../queries.ts';

/** How far a budget of a rule would have gone. */
export interface BudgetNeed {
  ruleId: string;
  /** Null for the budget of the rule as a whole. */
  branchId: string | null;
  budget: number;
  needed: number;
  /** The Beijing day on which it would have been used up; null when it holds. */
  usedUpOn: BeijingDay | null;
}

/** Sums up, by day, what the budgets of rules would have had to give. */
export class BudgetNeeds {
  private readonly byBudget = new Map<string, { need: BudgetNeed; days: Map<BeijingDay, number> }>();

  constructor(rules: readonly VersionedRule[]) {
    for (const { ruleId, definition } of rules) {
      const { total, branches } = definition.budget;
      if (total !== null) this.open(ruleId, null, total);
      for (const { unionId, points } of branches) this.open(ruleId, unionId, points);
    }
  }

  /** Counts points that a rule gave a member of a union for an event that was recorded at this instant. */
  count(ruleId: string, unionPath: string, recordedAt: Date, points: number): void {
    for (const { need, days } of this.byBudget.values()) {
      if (need.ruleId !== ruleId) continue;
      if (need.branchId !== null && !unionPath.includes(`/${need.branchId}/`)) continue;
      const day = beijingDay(recordedAt);
      days.set(day, (days.get(day) ?? 0) + points);
    }
  }

  needs(): BudgetNeed[] {
    return [...this.byBudget.values()].map(({ need, days }) => {
      let needed = 0;
      let usedUpOn: BeijingDay | null = null;
      for (const [day, points] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
        needed += points;
        if (usedUpOn === null && needed > need.budget) usedUpOn = day;
      }
      return { ...need, needed, usedUpOn };
    });
  }

  private open(ruleId: string, branchId: string | null, budget: number): void {
    const need = { ruleId, branchId, budget, needed: 0, usedUpOn: null };
    this.byBudget.set(`${ruleId} ${branchId}`, { need, days: new Map() });
  }
}
