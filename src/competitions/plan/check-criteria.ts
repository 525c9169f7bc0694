import type { JudgingTerms } from '../../judging/panels/terms.ts';
import { wrongTerms } from '../../judging/panels/terms.ts';
import type { Refusal } from '../../platform/result.ts';
import type { PlanCriterion } from './criteria.ts';
import { wrongLine } from './form.ts';
import { LONGEST_GROUP } from './limits.ts';
import type { CompetitionPlan } from './plan.ts';

/**
 * What is wrong with what is judged and how, of the competition and of every stage with criteria or terms of its own:
 * the panel of none of its stages could be made of that. Refusals: those of the terms of a panel.
 */
export function wrongJudging(plan: CompetitionPlan): Refusal | undefined {
  const { criteria, judging, stages } = plan;
  const shared = wrongPair(criteria, 'plan.criteria', judging, 'plan.judging');
  if (shared) return shared;
  for (const [i, stage] of stages.entries()) {
    const at = `plan.stages.${i}`;
    const [criteriaAt, judgingAt] = [
      stage.criteria ? `${at}.criteria` : 'plan.criteria',
      // Shared terms may name a criterion that those of the stage are too few for.
      stage.judging || stage.criteria ? `${at}.judging` : 'plan.judging',
    ];
    const wrong = wrongPair(stage.criteria ?? criteria, criteriaAt, stage.judging ?? judging, judgingAt);
    if (wrong) return wrong;
  }
  return undefined;
}

function wrongPair(
  criteria: readonly PlanCriterion[],
  criteriaAt: string,
  judging: JudgingTerms,
  judgingAt: string,
): Refusal | undefined {
  const found = wrongTerms({ ...judging, criteria, name: '-', scoreUntil: null });
  if (found) return { ...found, at: placeOf(found.at!, criteriaAt, judgingAt) };
  for (const [i, { group }] of criteria.entries()) {
    const wrong = group === null ? undefined : wrongLine(`${criteriaAt}.${i}.group`, group, LONGEST_GROUP);
    if (wrong) return wrong;
  }
  return undefined;
}

/** "terms.criteria.2.name" is a place below the criteria, everything else below how they are judged. */
function placeOf(at: string, criteriaAt: string, judgingAt: string): string {
  const [, part, ...rest] = at.split('.');
  return part === 'criteria' ? [criteriaAt, ...rest].join('.') : [judgingAt, part, ...rest].join('.');
}
