import { WHOLE } from '../../judging/limits.ts';
import type { Refusal } from '../../platform/result.ts';
import { troublesWithAwards } from './award-troubles.ts';
import type { PlanCriterion } from './criteria.ts';
import type { CompetitionPlan } from './plan.ts';
import { weightsNotWhole } from './refusals-publishing.ts';
import { troublesWithStages } from './stage-troubles.ts';
import { troublesWithTimetable } from './timetable-troubles.ts';

/**
 * Everything that keeps a draft of good form from being published, in the order of the plan. Pure. `paths` are those of
 * the unions that its stages name. Codes: see refusals-publishing.ts.
 */
export function troublesOf(plan: CompetitionPlan, paths: ReadonlyMap<string, string>): Refusal[] {
  const { criteria, stages } = plan;
  return [
    ...troublesWithWeights('plan.criteria', criteria),
    ...stages.flatMap((stage, i) =>
      stage.criteria ? troublesWithWeights(`plan.stages.${i}.criteria`, stage.criteria) : [],
    ),
    ...troublesWithStages(plan, paths),
    ...troublesWithTimetable(plan),
    ...troublesWithAwards(plan),
  ];
}

function troublesWithWeights(at: string, criteria: readonly PlanCriterion[]): Refusal[] {
  const sum = criteria.reduce((all, { weight }) => all + weight, 0);
  return sum === WHOLE ? [] : [weightsNotWhole(at, sum)];
}
