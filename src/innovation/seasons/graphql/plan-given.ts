import type { CategoryPlan, SeasonPlan } from '../plan.ts';
import type { CategoryInput, SeasonPlanInput } from './admin-inputs.ts';

/** A plan as the use cases know it: what was not given is null. A tie-break by no criterion names criterion 0. */
export function planGiven({ programmeId = null, categories, ...own }: SeasonPlanInput): SeasonPlan {
  return { ...own, programmeId, categories: categories.map(categoryGiven) };
}

function categoryGiven(input: CategoryInput): CategoryPlan {
  const { group = null, fields = null, leastTotal = null, criteria, judging, reserves, grades, ...own } = input;
  return {
    ...{ ...own, group, fields },
    // Marks are millionths, and scores arrive as thousandths.
    leastTotal: leastTotal === null ? null : leastTotal * 1000,
    criteria: criteria.map((criterion) => ({ ...criterion })),
    judging: {
      ...judging,
      tieBreaks: judging.tieBreaks.map(({ kind, number }) =>
        kind === 'criterion' ? { kind, number: number ?? 0 } : { kind },
      ),
    },
    reserves: reserves.map(({ name, ownerships = null, firmTypes = null, mostEmployees = null, least }) => ({
      ...{ name, ownerships, firmTypes, mostEmployees, least },
    })),
    grades: grades.map((grade) => ({ ...grade })),
  };
}
