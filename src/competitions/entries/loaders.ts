import DataLoader from 'dataloader';
import { In } from 'typeorm';
import { type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { Competition } from '../plan/competition.entity.ts';
import type { EntryMember } from './entry-member.entity.ts';
import { partsOf } from './queries.ts';

/** Competitions by id, for `loader(context, competitionLoader)`; null for an id of none. */
export function competitionLoader({ db }: Deps): DataLoader<string, Competition | null> {
  return new DataLoader(async (ids) => {
    const rows = await db.manager.findBy(Competition, { id: In([...ids]) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Pages of those who are part of an entry by its id: a loader for each page asked. */
export function partsLoaders({ db }: Deps): PageLoaders<EntryMember> {
  return pageLoaders(db.manager, partsOf);
}
