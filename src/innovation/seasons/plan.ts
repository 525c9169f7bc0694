import type { CriterionTerms, JudgingTerms } from '../../judging/panels/terms.ts';
import type { Category, Reserve } from './category.entity.ts';
import type { Grade } from './grade.entity.ts';

/** A grade as it is planned; its number is its place in the list, from 1 for the highest. */
export type GradePlan = Pick<Grade, 'name' | 'places' | 'honourName' | 'givesPoints'>;

/** A category as it is planned; its number is its place in the list, from 1. */
export interface CategoryPlan extends Pick<Category, 'name' | 'kind' | 'group' | 'honoursAtMost' | 'leastTotal'> {
  fields: readonly string[] | null;
  criteria: readonly CriterionTerms[];
  judging: JudgingTerms;
  reserves: readonly Reserve[];
  grades: readonly GradePlan[];
}

/** A season as it is planned: all that can be changed of a draft. */
export interface SeasonPlan {
  name: string;
  year: number;
  about: string;
  programmeId: string | null;
  declareFrom: Date;
  declareUntil: Date;
  noticeWorkingDays: number;
  certificatePrefix: string;
  categories: readonly CategoryPlan[];
}
