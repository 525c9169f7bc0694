import type { EntityManager } from 'typeorm';
import { type CriterionResult, type Reckoned, reckon } from './aggregate.ts';
import type { ScoredSheet } from './marks.ts';
import { type Measures, plainMeasures } from './measures.ts';
import { keptMeasures } from './queries.ts';
import type { Ranking } from './ranking.entity.ts';
import type { RankingPlace } from './ranking-place.entity.ts';
import { scoredSheets } from './stream-scores.ts';
import { measuresKept } from './survey-spreads.ts';
import type { RankedCriterion } from './terms.ts';

/** What a candidate came to in a criterion: every score that counts, and what became of it. */
export type ExplainedCriterion = RankedCriterion & CriterionResult;

/** How a place came to be. */
export interface Explanation {
  criteria: ExplainedCriterion[];
  /** With rank_sum, by which alone the scores of judges count then; else empty. */
  places: Reckoned['places'];
}

/**
 * Says of places of one version how each came to be, in their order. Of scores and what the version kept this follows as
 * the version itself did; the scores of these candidates alone are read.
 */
export async function explainPlaces(
  db: EntityManager,
  ranking: Ranking,
  places: readonly RankingPlace[],
): Promise<Explanation[]> {
  if (places.length === 0) return [];
  const kept = await keptMeasures(db, ranking.id);
  const measures = kept === null ? plainMeasures : measuresKept(kept);
  const candidateIds = places.map(({ candidateId }) => candidateId);
  const sheets = await scoredSheets(db, ranking, candidateIds);
  return places.map((place) => explain(ranking, place, measures, sheets.get(place.candidateId) ?? []));
}

function explain(
  { terms }: Ranking,
  { detail }: RankingPlace,
  measures: Measures,
  sheets: readonly ScoredSheet[],
): Explanation {
  const judges = sheets.filter(({ judgeId }) => judgeId !== '');
  const placeOf = (sheet: ScoredSheet) => {
    const [above, equal, of] = detail.places![judges.indexOf(sheet)]!;
    return { above, equal, of };
  };
  const { criteria, places } = reckon(terms, { ...measures, placeOf }, sheets);
  return { criteria: criteria.map((result, i) => ({ ...terms.criteria[i]!, ...result })), places };
}
