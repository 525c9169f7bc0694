import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Candidate } from '../panels/candidate.entity.ts';
import { type Explanation, explainPlaces } from './explain-places.ts';
import { candidatesOfPlaces, findRankings } from './queries.ts';
import type { RankingPlace } from './ranking-place.entity.ts';

const byPlace = { cacheKeyFn: ({ rankingId, place }: RankingPlace) => `${rankingId} ${place}` };

/** The candidate of a place. */
export function rankedCandidateLoader({ db }: Deps): DataLoader<RankingPlace, Candidate, string> {
  return new DataLoader(async (places) => candidatesOfPlaces(db.manager, places), byPlace);
}

/** How a place came to be; three statements for each version of which places are asked for. */
export function explanationLoader({ db }: Deps): DataLoader<RankingPlace, Explanation, string> {
  return new DataLoader(async (places) => {
    const ofRankings = groupBy(places, ({ rankingId }) => rankingId);
    const found = new Map<RankingPlace, Explanation>();
    for (const ranking of await findRankings(db.manager, [...ofRankings.keys()])) {
      const asked = ofRankings.get(ranking.id)!;
      const explained = await explainPlaces(db.manager, ranking, asked);
      for (const [i, place] of asked.entries()) found.set(place, explained[i]!);
    }
    return places.map((place) => found.get(place)!);
  }, byPlace);
}
