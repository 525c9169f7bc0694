import type DataLoader from 'dataloader';
import { byKey, type PageLoaders, pageLoaders } from '../../../platform/db/loaders.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { StudioNaming } from './naming.entity.ts';
import { namesBorneBy, namingsOf, namingsOfRounds } from './queries.ts';

/** The newest namings of a studio by its id, for `loader(context, namingsLoader)`. */
export function namingsLoader({ db }: Deps): DataLoader<string, StudioNaming[]> {
  return byKey(db.manager, namingsOf, []);
}

/** The newest names that a studio bears or has borne, by its id. */
export function namesBorneLoader({ db }: Deps): DataLoader<string, StudioNaming[]> {
  return byKey(db.manager, namesBorneBy, []);
}

/** Pages of the namings of a round by its id: a loader for each page asked. */
export function listedLoaders({ db }: Deps): PageLoaders<StudioNaming> {
  return pageLoaders(db.manager, namingsOfRounds);
}
