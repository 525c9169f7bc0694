import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import type { Opening } from './opening-hours.ts';
import { hoursOfOutlets } from './queries.ts';

/** The opening hours of an outlet, by its id, in the order of the week; empty where they are not known. */
export function hoursLoader({ db }: Deps): DataLoader<string, Opening[]> {
  return new DataLoader(async (outletIds) => {
    const found = await hoursOfOutlets(db.manager, outletIds);
    return outletIds.map((id) => found.get(id) ?? []);
  });
}
