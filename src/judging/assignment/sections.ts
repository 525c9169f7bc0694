import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Judge } from '../judges/judge.entity.ts';
import type { Criterion } from '../panels/criterion.entity.ts';
import { criteriaOverlap, criterionUnjudged } from './refusals.ts';

/** A judge with the name that refusals call her by. */
export type NamedJudge = Pick<Judge, 'id' | 'criteria' | 'state'> & { name: string };

/** A section of a panel: the judges who judge the same criteria. Every candidate is judged by each section. */
export interface Section {
  /** Numbers, in order. */
  criteria: number[];
  judges: NamedJudge[];
}

/** The criteria that a judge judges, of those of her panel. */
export function criteriaOfJudge({ criteria }: Pick<Judge, 'criteria'>, ofPanel: readonly Criterion[]): Criterion[] {
  return ofPanel.filter(({ kind, number }) => kind === 'judged' && (criteria === null || criteria.includes(number)));
}

/**
 * The sections of these judges; none for a panel without criteria that are judged. Criteria that a judge was invited for
 * and that are not judged any more are passed over. Refusals: CRITERIA_OVERLAP when two judges share a part of their
 * criteria alone, NOT_ENOUGH_JUDGES when nobody judges a criterion.
 */
export function sectionsOf(judges: readonly NamedJudge[], criteria: readonly Criterion[]): Result<Section[]> {
  const sections = new Map<string, Section>();
  const sectionOf = new Map<number, Section>();
  for (const judge of judges) {
    const numbers = criteriaOfJudge(judge, criteria).map(({ number }) => number);
    if (numbers.length === 0) continue;
    const section = sections.get(numbers.join()) ?? { criteria: numbers, judges: [] };
    for (const number of numbers) {
      const other = sectionOf.get(number) ?? section;
      if (other !== section) return refuse(criteriaOverlap(judge.name, other.judges[0]!.name));
      sectionOf.set(number, section);
    }
    section.judges.push(judge);
    sections.set(numbers.join(), section);
  }
  const unjudged = criteria.find(({ kind, number }) => kind === 'judged' && !sectionOf.has(number));
  return unjudged ? refuse(criterionUnjudged(unjudged.name)) : accept([...sections.values()]);
}
