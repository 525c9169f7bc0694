import type { DataSource, EntityManager } from 'typeorm';
import { type ComputedRanking, computeRanking } from './compute-ranking.ts';
import { keptMeasures } from './queries.ts';
import type { RankedCandidate } from './rank.ts';
import { Ranking } from './ranking.entity.ts';

/** How many differences are told; one is enough not to let a ranking stand. */
const TOLD = 20;
const PLACES_AT_ONCE = 5000;

export interface RankingVerification {
  version: number;
  candidates: number;
  scores: number;
  /** One line for a person each; empty when the version is what the scores say. */
  differences: string[];
}

/**
 * Makes a version of a ranking again from the scores that counted in it and compares everything that it says: places,
 * totals, what decided, the details, and the hash of the scores. Reads in one snapshot. Undefined when there is no such
 * version.
 */
export async function verifyRanking(db: DataSource, id: string): Promise<RankingVerification | undefined> {
  return db.transaction('REPEATABLE READ', async (tx) => {
    const ranking = await tx.findOneBy(Ranking, { id });
    if (!ranking) return undefined;
    const { panelId, version, terms } = ranking;
    const computed = await computeRanking(tx, panelId, version, terms);
    const differences = [
      ...differencesOfWhole({ ...ranking, measures: await keptMeasures(tx, id) }, computed),
      ...(await differencesOfPlaces(tx, ranking, computed)),
    ];
    const { ranked, scoreCount: scores } = computed;
    return { version, candidates: ranked.length, scores, differences: differences.slice(0, TOLD) };
  });
}

function differencesOfWhole(ranking: Ranking, { ranked, measures, scoresHash, scoreCount }: ComputedRanking): string[] {
  return (
    [
      ['candidates', ranking.candidateCount, ranked.length],
      ['scores', ranking.scoreCount, scoreCount],
      ['what normalised the scores', ranking.measures, measures],
      ['hash of the scores', ranking.scoresHash.toString('hex'), scoresHash.toString('hex')],
    ] as const
  ).flatMap(([what, said, found]) =>
    said === found ? [] : [`${what}: the version says ${said}, the scores ${found}`],
  );
}

interface PlaceRow {
  place: number;
  candidateId: string;
  total: number;
  decidedBy: string | null;
  detail: string;
}

async function differencesOfPlaces(tx: EntityManager, { id }: Ranking, { ranked }: ComputedRanking): Promise<string[]> {
  const differences: string[] = [];
  let compared = 0;
  for (let after = 0; differences.length < TOLD; ) {
    const rows: PlaceRow[] = await tx.query(
      `SELECT place, candidate_id AS candidateId, total, decided_by AS decidedBy, detail FROM ranking_place
       WHERE ranking_id = ? AND place > ? ORDER BY place LIMIT ?`,
      [id, after, PLACES_AT_ONCE],
    );
    for (const { place, ...said } of rows) {
      if (place > ranked.length) differences.push(`place ${place}: the scores make no such place`);
      else differences.push(...differencesOfPlace(place, said, ranked.at(place)));
    }
    compared += rows.length;
    if (rows.length < PLACES_AT_ONCE) break;
    after = rows.at(-1)!.place;
  }
  if (differences.length === 0 && compared !== ranked.length)
    differences.push(`places: the version has ${compared}, the scores make ${ranked.length}`);
  return differences;
}

function differencesOfPlace(place: number, said: Omit<PlaceRow, 'place'>, ranked: RankedCandidate): string[] {
  const found = { ...ranked, decidedBy: ranked.decidedBy === null ? null : JSON.stringify(ranked.decidedBy) };
  return (['candidateId', 'total', 'decidedBy', 'detail'] as const)
    .filter((what) => said[what] !== found[what])
    .map((what) => `place ${place}, ${what}: the version says ${said[what]}, the scores ${found[what]}`);
}

/** The verification in one line, as `npm run ranking:verify` ends. */
export function rankingVerificationLine({ version, candidates, scores, differences }: RankingVerification): string {
  return `ranking, version ${version}: ${candidates} candidates, ${scores} scores, ${differences.length} differences`;
}
