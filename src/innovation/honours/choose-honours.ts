import type { Reserve } from '../seasons/category.entity.ts';
import type { GradePlan } from '../seasons/plan.ts';

/** A candidate of a category by its place in the ranking. */
export interface Ranked {
  id: string;
  /** 1 for the first; no two share one. */
  place: number;
  /** In marks, millionths of 100 for whole scales. */
  total: number;
  /** The number of the reserve for which it counts; null for none. */
  reserve: number | null;
}

/** From how many honours a category is honoured, and by what rules. */
export interface Honours {
  atMost: number;
  /** What everybody honoured has reached; null for nothing. */
  leastTotal: number | null;
  /** In order; a reserve's number is its place, from 1. */
  reserves: readonly Pick<Reserve, 'least'>[];
  /** From the highest. */
  grades: readonly Pick<GradePlan, 'places'>[];
}

/** Who is honoured. */
export interface Chosen extends Ranked {
  /** The number of its grade, from 1 for the highest. */
  grade: number;
  /** The reserve without which it would not have been chosen; null for all others. */
  keptFor: number | null;
}

/**
 * Chooses who is honoured in a category, by place: `atMost` of those with the least total, fewer where there are fewer.
 * Each reserve has its honours kept for its first candidates, as many as there are; all other honours go by rank alone.
 * So nobody is passed over for one behind of the same reserve, or without any. Those chosen then get the grades by rank.
 * The order in which candidates are given changes nothing.
 */
export function chooseHonours(
  candidates: readonly Ranked[],
  { atMost, leastTotal, reserves, grades }: Honours,
): Chosen[] {
  const ranked = candidates
    .filter(({ total }) => leastTotal === null || total >= leastTotal)
    .sort((a, b) => a.place - b.place);
  const kept = new Set<Ranked>();
  for (const [i, { least }] of reserves.entries()) {
    const left = Math.min(least, atMost - kept.size);
    for (const one of ranked.filter(({ reserve }) => reserve === i + 1).slice(0, left)) kept.add(one);
  }
  const open = ranked.filter((one) => !kept.has(one)).slice(0, atMost - kept.size);
  const byRank = new Set(ranked.slice(0, atMost));
  const gradeOf = gradesInOrder(grades);
  return [...kept, ...open]
    .sort((a, b) => a.place - b.place)
    .map((one, i) => ({ ...one, grade: gradeOf(i), keptFor: byRank.has(one) ? null : one.reserve }));
}

/** The number of the grade of whoever is at a place among the chosen, from 0; the last where the grades do not suffice. */
function gradesInOrder(grades: Honours['grades']): (place: number) => number {
  const numbers = grades.flatMap(({ places }, i) => Array.from({ length: places }, () => i + 1));
  return (place) => numbers[place] ?? grades.length;
}

/** What is known of a firm when it is asked for which reserve its achievements count; null is not known. */
export interface FirmKnown {
  ownership: string | null;
  firmType: string | null;
  employees: number | null;
}

/** The number of the first reserve that a firm fits, from 1; null for none. What is not known fits no condition. */
export function reserveOf(reserves: readonly Omit<Reserve, 'least'>[], firm: FirmKnown): number | null {
  const isOneOf = (list: readonly string[] | null, value: string | null) =>
    list === null || (value !== null && list.includes(value));
  const index = reserves.findIndex(
    ({ ownerships, firmTypes, mostEmployees }) =>
      isOneOf(ownerships, firm.ownership) &&
      isOneOf(firmTypes, firm.firmType) &&
      (mostEmployees === null || (firm.employees !== null && firm.employees <= mostEmployees)),
  );
  return index < 0 ? null : index + 1;
}
