import { WHOLE } from '../../judging/limits.ts';
import type { Refusal } from '../../platform/result.ts';
import { ACHIEVEMENT_GROUPS } from '../kinds.ts';
import type { CategoryPlan, SeasonPlan } from './plan.ts';
import {
  categoriesMissing,
  categoryCovered,
  gradesNotHonours,
  pointsOfNoProgramme,
  reservesBeyondHonours,
  weightsNotWhole,
} from './refusals-opening.ts';

/**
 * Everything that keeps a draft of good form from being opened, in the order of the plan. Pure. Codes: see
 * refusals-opening.ts.
 */
export function troublesOf({ categories, programmeId }: Pick<SeasonPlan, 'categories' | 'programmeId'>): Refusal[] {
  if (categories.length === 0) return [categoriesMissing];
  return categories.flatMap((category, i) => {
    const at = `plan.categories.${i}`;
    const before = categories.slice(0, i);
    const other = coveredBy(category, before);
    return [
      ...(other ? [categoryCovered(`${at}.kind`, other.name)] : []),
      ...troublesWithCategory(at, category, programmeId),
    ];
  });
}

function troublesWithCategory(at: string, category: CategoryPlan, programmeId: string | null): Refusal[] {
  const { criteria, honoursAtMost, reserves, grades } = category;
  const weights = sum(criteria.map(({ weight }) => weight));
  const kept = sum(reserves.map(({ least }) => least));
  const places = sum(grades.map((grade) => grade.places));
  return [
    ...(weights === WHOLE ? [] : [weightsNotWhole(`${at}.criteria`, weights)]),
    ...(kept <= honoursAtMost ? [] : [reservesBeyondHonours(`${at}.reserves`, kept, honoursAtMost)]),
    ...(places === honoursAtMost ? [] : [gradesNotHonours(`${at}.grades`, places, honoursAtMost)]),
    ...grades.flatMap(({ givesPoints }, i) =>
      givesPoints && programmeId === null ? [pointsOfNoProgramme(`${at}.grades.${i}.givesPoints`)] : [],
    ),
  ];
}

/**
 * One of the categories before that together take whatever a category would take, so that nothing can belong to it;
 * undefined when something can.
 */
function coveredBy(category: CategoryPlan, before: readonly CategoryPlan[]): CategoryPlan | undefined {
  const groups = category.group === null ? ACHIEVEMENT_GROUPS : [category.group];
  // Null stands for a field that no category names.
  const takers = groups.flatMap((group) =>
    (category.fields ?? [null]).map((field) => before.find((one) => takes(one, category.kind, group, field))),
  );
  return takers.every((one) => one !== undefined) ? takers[0] : undefined;
}

function takes(one: CategoryPlan, kind: string, group: string, field: string | null): boolean {
  const isOfField = one.fields === null || (field !== null && one.fields.includes(field));
  return one.kind === kind && (one.group === null || one.group === group) && isOfField;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
