import { z } from 'zod';

const MOST_WINNERS = 20;

const count = z.int().min(0);

/** What a back-test found, as it is kept: points, and beside them what was really paid for the same events. */
export const backtestResult = z.object({
  events: count,
  /** Members to whom the rules give anything, and those who were really given something. */
  members: count,
  membersPaid: count,
  points: count,
  /** What was really given: paid, or pending while a notice period runs; what was taken back is not in it. */
  paid: count,
  /** Events that still wait for a budget. */
  waiting: count,
  rules: z.array(
    z.object({ ruleId: z.string(), name: z.string(), isDraft: z.boolean(), awards: count, points: count, paid: count }),
  ),
  /** The members to whom the rules give most. */
  winners: z.array(z.object({ memberId: z.string(), points: count, paid: count })),
  budgets: z.array(
    z.object({
      ruleId: z.string(),
      branchId: z.string().nullable(),
      budget: count,
      needed: count,
      usedUpOn: z.string().nullable(),
    }),
  ),
});
export type BacktestResult = z.output<typeof backtestResult>;

interface RuleSum {
  name: string;
  isDraft: boolean;
  awards: number;
  points: number;
  paid: number;
}

/** Adds up a back-test member by member, in memory that does not grow with their number. */
export class Report {
  private events = 0;
  private waiting = 0;
  private members = 0;
  private membersPaid = 0;
  private points = 0;
  private paid = 0;
  private winners: { memberId: string; points: number; paid: number }[] = [];
  private readonly rules = new Map<string, RuleSum>();

  /** `names` has the names of all rules of the programme: one that is no longer in force may have paid. */
  constructor(
    rules: readonly { ruleId: string; name: string; isDraft: boolean }[],
    private readonly names: ReadonlyMap<string, string>,
  ) {
    for (const { ruleId, name, isDraft } of rules)
      this.rules.set(ruleId, { name, isDraft, awards: 0, points: 0, paid: 0 });
  }

  addMember(member: {
    memberId: string;
    events: number;
    waiting: number;
    given: readonly { ruleId: string; points: number }[];
    paid: readonly { ruleId: string; points: number }[];
  }): void {
    const points = sumOf(member.given);
    const paid = sumOf(member.paid);
    this.events += member.events;
    this.waiting += member.waiting;
    this.points += points;
    this.paid += paid;
    if (points > 0) this.members += 1;
    if (paid > 0) this.membersPaid += 1;
    for (const one of member.given) {
      const rule = this.rules.get(one.ruleId)!;
      rule.awards += 1;
      rule.points += one.points;
    }
    for (const one of member.paid) {
      const name = this.names.get(one.ruleId) ?? '';
      const rule = this.rules.get(one.ruleId) ?? { name, isDraft: false, awards: 0, points: 0, paid: 0 };
      this.rules.set(one.ruleId, rule);
      rule.paid += one.points;
    }
    if (points > 0) this.enterWinner({ memberId: member.memberId, points, paid });
  }

  result(budgets: BacktestResult['budgets']): BacktestResult {
    const { events, members, membersPaid, points, paid, waiting } = this;
    const rules = [...this.rules].map(([ruleId, sums]) => ({ ruleId, ...sums }));
    return { events, members, membersPaid, points, paid, waiting, rules, winners: this.winners, budgets };
  }

  private enterWinner(winner: { memberId: string; points: number; paid: number }): void {
    const last = this.winners.at(-1);
    if (this.winners.length === MOST_WINNERS && last && last.points >= winner.points) return;
    this.winners = [...this.winners, winner].sort((a, b) => b.points - a.points).slice(0, MOST_WINNERS);
  }
}

const sumOf = (list: readonly { points: number }[]) => list.reduce((sum, one) => sum + one.points, 0);
