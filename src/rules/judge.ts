import type { Points } from '../platform/points.ts';
import { evaluate, type JudgedEvent, type Miss, type Verdict } from './evaluate.ts';
import type { VersionedRule } from './queries.ts';
import type { Tally } from './tally.ts';

/** Which budget does not hold an award. */
export type Short = 'programme' | 'rule' | 'branch';

/** What one rule made of an event that it looked at. */
export type Outcome =
  /** `full` is what the rule would have given without its caps; `cap` the number of the cap that cut it, if one did. */
  | {
      readonly award: true;
      readonly points: Points;
      readonly occurrence: string;
      readonly full: Points;
      readonly cap?: number;
    }
  | ({ readonly award: false } & Denial);

export type Denial =
  | Miss
  /** Another rule of its exclusive group comes first. */
  | { readonly why: 'OUTRANKED'; readonly byRuleId: string }
  /** It gave the member points for the same occurrence before; by another event, or by this one. */
  | { readonly why: 'REPEATED'; readonly eventId: string; readonly points: Points }
  /** The cap of this number leaves nothing. */
  | { readonly why: 'CAPPED'; readonly cap: number }
  | { readonly why: 'OVER_BUDGET'; readonly short: Short };

export interface RuleOutcome {
  rule: VersionedRule;
  outcome: Outcome;
}

/** A rule that looked at an event, and what it says without regard to what was given before. */
export interface Look {
  rule: VersionedRule;
  verdict: Verdict | { readonly award: false; readonly why: 'OUTRANKED'; readonly byRuleId: string };
}

/** An award that the rules and caps allow. */
export interface Award {
  rule: VersionedRule;
  event: JudgedEvent;
  points: Points;
  occurrence: string;
}

/** Takes an award from the budgets: the budget that is short, or undefined when it was taken. */
export type Spend = (award: Award) => Short | undefined;

/** Lets the rules of an event's type look at it: period, condition, award, exclusive group. Pure. */
export function look(event: JudgedEvent, rules: readonly VersionedRule[]): Look[] {
  const looks = rules.map((rule) => ({ rule, verdict: evaluate(rule.definition, event) }));
  const first = firstOfGroups(looks.filter(({ verdict }) => verdict.award).map(({ rule }) => rule));
  return looks.map((one): Look => {
    const group = one.rule.definition.exclusive?.group;
    const chosen = group === undefined ? undefined : first.get(group);
    if (!one.verdict.award || !chosen || chosen === one.rule) return one;
    return { rule: one.rule, verdict: { award: false, why: 'OUTRANKED', byRuleId: chosen.ruleId } };
  });
}

/**
 * Decides what rules that looked at an event give: what they gave before, their caps, the budgets. Awards are entered in
 * the tally, so that the next event of the member is decided by what this one left. Every rule has an outcome.
 */
export function decide(
  event: JudgedEvent,
  looks: readonly Look[],
  tally: Tally,
  spend: Spend = () => undefined,
): RuleOutcome[] {
  return looks.map(({ rule, verdict }) => {
    if (!verdict.award) return { rule, outcome: verdict };
    return {
      rule,
      outcome: award({ rule, event, points: verdict.points, occurrence: verdict.occurrence }, tally, spend),
    };
  });
}

/** The rule of each exclusive group that comes first: by priority, then the older one. */
function firstOfGroups(rules: readonly VersionedRule[]): Map<string, VersionedRule> {
  const first = new Map<string, VersionedRule>();
  for (const rule of rules) {
    const group = rule.definition.exclusive?.group;
    if (group === undefined) continue;
    const best = first.get(group);
    if (!best || comesBefore(rule, best)) first.set(group, rule);
  }
  return first;
}

function comesBefore(a: VersionedRule, b: VersionedRule): boolean {
  const priority = ({ definition }: VersionedRule) => definition.exclusive?.priority ?? 0;
  return priority(a) - priority(b) < 0 || (priority(a) === priority(b) && a.ruleId < b.ruleId);
}

function award({ rule, event, points: full, occurrence }: Award, tally: Tally, spend: Spend): Outcome {
  const earlier = tally.paidFor(rule.ruleId, event.memberId, occurrence);
  if (earlier) return { award: false, why: 'REPEATED', ...earlier };
  const { left, cap } = tally.room(rule, event, full);
  if (left < 1) return { award: false, why: 'CAPPED', cap: cap! };
  const short = spend({ rule, event, points: left, occurrence });
  if (short) return { award: false, why: 'OVER_BUDGET', short };
  tally.enter(rule.ruleId, event, occurrence, left);
  return { award: true, points: left, occurrence, full, ...(left < full && { cap: cap! }) };
}
