import DataLoader from 'dataloader';
import { In } from 'typeorm';
import { type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { Entry } from '../entries/entry.entity.ts';
import { advancedFrom } from './queries.ts';
import type { StageAdvance } from './stage-advance.entity.ts';

/** Entries by id, for `loader(context, entryLoader)`; null for an id of none. */
export function entryLoader({ db }: Deps): DataLoader<string, Entry | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await db.manager.findBy(Entry, { id: In([...ids]) })).map((entry) => [entry.id, entry]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** Pages of those who go on from a stage by its id: a loader for each page asked. */
export function advancedLoaders({ db }: Deps): PageLoaders<StageAdvance> {
  return pageLoaders(db.manager, advancedFrom);
}
