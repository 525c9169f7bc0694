import type { EntityManager } from 'typeorm';
import type { Panel } from '../panels/panel.entity.ts';
import { criteriaOf } from '../panels/queries.ts';
import { computeRanking } from './compute-ranking.ts';
import { rankingTerms } from './terms.ts';

/** Where a candidate stands by the scores that are in. */
export interface CurrentStanding {
  /** 1 for the first. */
  place: number;
  candidateId: string;
  /** In marks. */
  total: number;
}

/**
 * Where the candidates of a panel that may still be scoring stand now, those only who have as many scores as they need;
 * nothing is stored. It reads all scores, so it is for the few candidates of a live final, once for each sheet that comes
 * in, and not for every phone that asks.
 */
export async function currentStandings(db: EntityManager, panel: Panel): Promise<CurrentStanding[]> {
  const terms = rankingTerms(panel, await criteriaOf(db, panel.id));
  const { ranked, lacking } = await computeRanking(db, panel.id, panel.rankingCount + 1, terms);
  const isLacking = new Set(lacking.map(({ candidateId }) => candidateId));
  return Array.from({ length: ranked.length }, (_, i) => ranked.at(i + 1))
    .filter(({ candidateId }) => !isLacking.has(candidateId))
    .map(({ candidateId, total }, i) => ({ place: i + 1, candidateId, total }));
}
