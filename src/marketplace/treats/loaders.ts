import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Offer } from '../offer.entity.ts';
import { findOffers } from '../offer-queries.ts';
import type { Redemption } from '../redemption.entity.ts';
import {
  type GivenCounts,
  givenCounts,
  linesOfPlans,
  linesOfRounds,
  offersOfRounds,
  type RoundLine,
  type TreatLine,
  takenInRounds,
} from './queries.ts';

/** The lines of a plan, by its id. */
export function linesOfPlanLoader({ db }: Deps): DataLoader<string, TreatLine[]> {
  return new DataLoader(async (ids) => {
    const found = await linesOfPlans(db.manager, ids);
    return ids.map((id) => found.get(id) ?? []);
  });
}

/** The lines of a round, by its id. */
export function linesOfRoundLoader({ db }: Deps): DataLoader<string, RoundLine[]> {
  return new DataLoader(async (ids) => {
    const found = await linesOfRounds(db.manager, ids);
    return ids.map((id) => found.get(id) ?? []);
  });
}

/** How many of an offer were taken and used, by the offer's id. */
export function givenCountsLoader({ db }: Deps): DataLoader<string, GivenCounts> {
  return new DataLoader(async (ids) => {
    const found = await givenCounts(db.manager, ids);
    return ids.map((id) => found.get(id) ?? { given: 0, verified: 0 });
  });
}

/** Offers by id; null for an id of no offer. */
export function offerLoader({ db }: Deps): DataLoader<string, Offer | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await findOffers(db.manager, ids)).map((offer) => [offer.id, offer]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** The offers of a round that members may see, by the round's id. */
export function offersOfRoundLoader({ db }: Deps): DataLoader<string, Offer[]> {
  return new DataLoader(async (ids) => {
    const found = await offersOfRounds(db.manager, ids);
    return ids.map((id) => found.get(id) ?? []);
  });
}

/** What a member has taken in a round; null while nothing. */
export function takenLoader({
  db,
}: Deps): DataLoader<{ memberId: string; roundId: string }, Redemption | null, string> {
  return new DataLoader(
    async (asked) => {
      const taken = new Map<string, Redemption>();
      for (const [memberId, list] of groupBy(asked, (one) => one.memberId)) {
        const roundIds = list.map(({ roundId }) => roundId);
        for (const [roundId, one] of await takenInRounds(db.manager, memberId, roundIds))
          taken.set(`${memberId} ${roundId}`, one);
      }
      return asked.map(({ memberId, roundId }) => taken.get(`${memberId} ${roundId}`) ?? null);
    },
    { cacheKeyFn: ({ memberId, roundId }) => `${memberId} ${roundId}` },
  );
}
