import { type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { honoursOfStudios } from './queries.ts';
import type { SeasonHonour } from './season-honour.entity.ts';

/** Pages of the honours of what a studio made by its id: a loader for each page asked. */
export function studioHonoursLoaders({ db }: Deps): PageLoaders<SeasonHonour> {
  return pageLoaders(db.manager, honoursOfStudios);
}
