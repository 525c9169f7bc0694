import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ReportSteps } from '../tasks/run-task.ts';
import { reckon } from './aggregate.ts';
import { detailOf } from './detail.ts';
import { type Measures, plainMeasures } from './measures.ts';
import { gatherStandings, keysOf, type Ranked } from './rank.ts';
import { scoredCandidates, scoresInWords } from './stream-scores.ts';
import { sumScores } from './sum-scores.ts';
import { surveyPlaces } from './survey-places.ts';
import { measuresBySpreads } from './survey-spreads.ts';
import type { RankingTerms } from './terms.ts';

/** A ranking as it follows from the scores. */
export interface ComputedRanking {
  ranked: Ranked;
  /** With z_score what normalised the scores, as a version keeps it; else null. */
  measures: string | null;
  /** SHA-256 of all scores that count. */
  scoresHash: Buffer;
  scoreCount: number;
  /** The candidates who have fewer scores than are needed, by their numbers of order. */
  lacking: { candidateId: string; number: number }[];
}

/**
 * Makes a version of a panel's ranking from the stored scores, and stores nothing. Scores are streamed; what stays in
 * memory is a few hundred bytes for each candidate; `report` hears of a step for each. The caller sees to it that no score comes in between.
 */
export async function computeRanking(
  db: EntityManager,
  panelId: string,
  version: number,
  terms: RankingTerms,
  report: ReportSteps = async () => {},
): Promise<ComputedRanking> {
  const measures = await measuresOf(db, panelId, version, terms);
  const scoresHash = createHash('sha256');
  const standings = gatherStandings(terms.tieBreaks);
  const lacking: ComputedRanking['lacking'] = [];
  let scoreCount = 0;
  let candidates = 0;
  for await (const page of scoredCandidates(db, panelId, version)) {
    scoresHash.update(page.map(scoresInWords).join(''));
    for (const scored of page) {
      const { candidateId, number, sheets } = scored;
      const reckoned = reckon(terms, measures, sheets);
      for (const { scores } of reckoned.criteria) scoreCount += scores.length;
      if (reckoned.isLacking) lacking.push({ candidateId, number });
      const keys = keysOf(terms.tieBreaks, reckoned, number);
      const detail = JSON.stringify(detailOf(reckoned));
      standings.add({ candidateId, total: reckoned.total, keys, detail });
    }
    candidates += page.length;
    await report(candidates);
  }
  lacking.sort((a, b) => a.number - b.number);
  return { ranked: standings.rank(), measures: measures.kept, scoresHash: scoresHash.digest(), scoreCount, lacking };
}

/**
 * What the scores are measured by. Places make judges comparable as they are, so with rank_sum nothing is normalised.
 */
async function measuresOf(db: EntityManager, panelId: string, version: number, terms: RankingTerms): Promise<Measures> {
  if (terms.aggregate === 'rank_sum') {
    const survey = surveyPlaces(terms);
    for await (const page of scoredCandidates(db, panelId, version)) for (const scored of page) survey.add(scored);
    return survey.finish();
  }
  if (terms.normalise === 'none') return plainMeasures;
  return measuresBySpreads(terms, await sumScores(db, panelId, version));
}
