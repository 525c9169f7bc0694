import { type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { missingMembersOf, type NumberedProblem, problemsOf } from './queries.ts';

/** The problems of imports by the import's id, for `loader(context, problemLoaders)(page)`. */
export function problemLoaders({ db }: Deps): PageLoaders<NumberedProblem> {
  return pageLoaders(db.manager, problemsOf);
}

/** The ids of the members whom the files of imports did not name, by the import's id. */
export function missingMemberLoaders({ db }: Deps): PageLoaders<string> {
  return pageLoaders(db.manager, missingMembersOf);
}
