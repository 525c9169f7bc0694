import { marksOf, type Scored, type ScoredSheet } from './marks.ts';
import { surveyPlaces } from './survey-places.ts';
import { surveySpreads } from './survey-spreads.ts';
import type { RankedCriterion, RankingTerms } from './terms.ts';

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

/** Is told of all candidates, in any order, and then measures each of them. */
export interface Survey {
  add(scored: Scored): void;
  finish(): Measures;
}

/** For scores that count as they are given. */
export const plainMeasures: Measures = {
  marksOf: (_judge, criterion, value) => marksOf(value, criterion),
  kept: null,
};

/**
 * What surveys the candidates for these terms; null where nobody has to be surveyed because judges are not compared with
 * one another. Places make judges comparable as they are, so with rank_sum nothing is normalised.
 */
export function surveyFor(terms: RankingTerms): Survey | null {
  if (terms.aggregate === 'rank_sum') return surveyPlaces(terms);
  return terms.normalise === 'z_score' ? surveySpreads(terms) : null;
}
