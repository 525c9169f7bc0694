import { marksOf, type ScoredSheet } from './marks.ts';
import type { RankedCriterion } from './terms.ts';

/** Where a sheet stands among all that its judge gave. */
export interface SheetPlace {
  /** How many others are above it. */
  above: number;
  /** How many others are equal to it. */
  equal: number;
  /** How many the judge gave, this one too. */
  of: number;
}

/** What has to be known of all the scores of a panel before those of one candidate can be reckoned. */
export interface Measures {
  /** The marks that a score in a criterion counts for; the judge's id is empty for an objective one. */
  marksOf(judgeId: string, criterion: RankedCriterion, value: number): number;
  /** With rank_sum: where a judge's sheet stands among hers. */
  placeOf?(sheet: ScoredSheet): SheetPlace;
  /** With z_score what marksOf goes by, as a version keeps it: JSON; else null. */
  kept: string | null;
}

/** For scores that count as they are given. */
export const plainMeasures: Measures = {
  marksOf: (_judge, criterion, value) => marksOf(value, criterion),
  kept: null,
};
