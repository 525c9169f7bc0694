import { type EntityManager, In } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { Candidate } from '../panels/candidate.entity.ts';
import { Ranking } from './ranking.entity.ts';
import { RankingPlace } from './ranking-place.entity.ts';

/** The rankings of these ids, in no order. */
export async function findRankings(db: EntityManager, ids: readonly string[]): Promise<Ranking[]> {
  return db.find(Ranking, { where: { id: In([...ids]) } });
}

/** The version of a panel's ranking that is not superseded; null before there is one. */
export async function rankingOf(db: EntityManager, panelId: string): Promise<Ranking | null> {
  return db.findOneBy(Ranking, { panelId, state: In(['provisional', 'final']) });
}

/** Whether a version of a panel's ranking stands for good, after which nothing of the panel changes. */
export function isRankingFinal(db: EntityManager, panelId: string): Promise<boolean> {
  return db.existsBy(Ranking, { panelId, state: 'final' });
}

/** What normalised the scores of a version, as it was kept; null where nothing did. */
export async function keptMeasures(db: EntityManager, rankingId: string): Promise<string | null> {
  const [row] = await db.query<{ measures: string | null }[]>('SELECT measures FROM ranking WHERE id = ?', [rankingId]);
  return row?.measures ?? null;
}

/** A page of the versions of a panel's ranking, the newest first; the cursor is the version. */
export async function versionsOf(db: EntityManager, panelId: string, page: PageRequest): Promise<Page<Ranking>> {
  const before = Number(page.after ?? Number.MAX_SAFE_INTEGER);
  if (!Number.isSafeInteger(before)) return { items: [], hasNextPage: false };
  const rows = await db
    .createQueryBuilder(Ranking, 'r')
    .where('r.panelId = :panelId AND r.version < :before', { panelId, before })
    .orderBy('r.version', 'DESC')
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}

/** A page of the places of a version, from the first on; the cursor is the place. */
export async function placesOf(db: EntityManager, rankingId: string, page: PageRequest): Promise<Page<RankingPlace>> {
  const after = Number(page.after ?? 0);
  if (!Number.isSafeInteger(after)) return { items: [], hasNextPage: false };
  const rows = await db
    .createQueryBuilder(RankingPlace, 'p')
    .where('p.rankingId = :rankingId AND p.place > :after', { rankingId, after })
    .orderBy('p.place')
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}

/** Where candidates stand in a version; one who does not is absent. */
export async function placesOfCandidates(
  db: EntityManager,
  rankingId: string,
  candidateIds: readonly string[],
): Promise<RankingPlace[]> {
  return db.find(RankingPlace, { where: { rankingId, candidateId: In([...candidateIds]) } });
}

/** The candidates of places, in their order. */
export async function candidatesOfPlaces(db: EntityManager, places: readonly RankingPlace[]): Promise<Candidate[]> {
  const ofRankings = groupBy(places, ({ rankingId }) => rankingId);
  const rankings = await findRankings(db, [...ofRankings.keys()]);
  const candidates = await db.find(Candidate, {
    where: rankings.map(({ id, panelId }) => ({
      panelId,
      id: In(ofRankings.get(id)!.map(({ candidateId }) => candidateId)),
    })),
  });
  const panelOf = new Map(rankings.map(({ id, panelId }) => [id, panelId]));
  const found = new Map(candidates.map((candidate) => [`${candidate.panelId} ${candidate.id}`, candidate]));
  return places.map(({ rankingId, candidateId }) => found.get(`${panelOf.get(rankingId)} ${candidateId}`)!);
}
