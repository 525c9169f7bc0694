import DataLoader from 'dataloader';
import type { Deps } from '../../../platform/deps.ts';
import { type Participation, type ParticipationPart, participationOf, partsBy } from './queries.ts';
import type { Dimension } from './tally.ts';

/** The figures of a competition by its id; null for one that was not counted yet. */
export function participationLoader({ db }: Deps): DataLoader<string, Participation | null> {
  return new DataLoader(async (ids) => {
    const found = await participationOf(db.manager, ids);
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** The parts of a competition by its id: a loader for each dimension. */
export function partLoaders({
  db,
}: Deps): (dimension: Exclude<Dimension, 'branch'>) => DataLoader<string, ParticipationPart[]> {
  const made = new Map<Dimension, DataLoader<string, ParticipationPart[]>>();
  return (dimension) => {
    const loader =
      made.get(dimension) ??
      new DataLoader<string, ParticipationPart[]>(async (ids) => {
        const found = await partsBy(db.manager, dimension, ids);
        return ids.map((id) => found.get(id) ?? []);
      });
    made.set(dimension, loader);
    return loader;
  };
}
