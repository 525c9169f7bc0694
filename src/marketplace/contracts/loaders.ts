import DataLoader from 'dataloader';
import { beijingDay } from '../../platform/clock.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Contract, contractOn, type Served, servedKey } from './contracts.ts';

/** The contract that covers today, by merchant and programme; null where none does. */
export function contractLoader({ db, clock }: Deps): DataLoader<Served, Contract | null, string> {
  return new DataLoader(
    async (pairs) => {
      const found = await contractOn(db.manager, pairs, beijingDay(clock.now()));
      return pairs.map((pair) => found.get(servedKey(pair)) ?? null);
    },
    { cacheKeyFn: servedKey },
  );
}
