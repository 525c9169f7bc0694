import type { CriterionTerms } from '../../judging/panels/terms.ts';

/** What is judged, as the panel of a stage will have it; its number is its place in the list, from 1. */
export interface PlanCriterion extends CriterionTerms {
  /** What it belongs to, 五比 or 四赛; null for none. */
  group: string | null;
}
