import type DataLoader from 'dataloader';
import { byKey, type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { countPeople, findStudios, leadersOf, membersOf, tagsOfStudios } from './queries.ts';
import type { Studio } from './studio.entity.ts';
import type { StudioMember } from './studio-member.entity.ts';

/** Studios by id, for `loader(context, studioLoader)`; null for an id of none. */
export function studioLoader({ db }: Deps): DataLoader<string, Studio | null> {
  return byKey(db.manager, findStudios, null);
}

/** The tags of a studio, in order, by its id. */
export function studioTagsLoader({ db }: Deps): DataLoader<string, string[]> {
  return byKey(db.manager, tagsOfStudios, []);
}

/** Who leads a studio now, by its id; null for a dissolved one. */
export function leaderLoader({ db }: Deps): DataLoader<string, StudioMember | null> {
  return byKey(db.manager, leadersOf, null);
}

/** How many people are in a studio now, by its id. */
export function peopleLoader({ db }: Deps): DataLoader<string, number> {
  return byKey(db.manager, countPeople, 0);
}

/** Pages of the members of a studio by its id, its leader left out: a loader for each page asked. */
export function studioMembersLoaders({ db }: Deps): PageLoaders<StudioMember> {
  return pageLoaders(db.manager, membersOf);
}
