import { APPROVALS, type Approval } from '../definition.ts';
import type { VersionedRule } from '../queries.ts';

/** What claims of an event type need. */
export interface ClaimNeeds {
  evidence: boolean;
  approval: Approval;
}

/**
 * What claims of an event type need by these rules, those in force for it: the strictest of them. Where no rule looks
 * at the type the branch approves. Pure.
 */
export function needsOf(rules: readonly Pick<VersionedRule, 'definition'>[]): ClaimNeeds {
  const levels = rules.map(({ definition }) => APPROVALS.indexOf(definition.approval));
  return {
    evidence: rules.some(({ definition }) => definition.evidence),
    approval: levels.length === 0 ? 'branch' : APPROVALS[Math.max(...levels)]!,
  };
}
