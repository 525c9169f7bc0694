import { type PageLoaders, pageLoaders } from '../../../platform/db/loaders.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { NumberedProblem } from '../../../unions/roster/queries.ts';
import { problemsOf } from './queries.ts';

/** The problems of imports by the import's id, for `loader(context, entryProblemLoaders)(page)`. */
export function entryProblemLoaders({ db }: Deps): PageLoaders<NumberedProblem> {
  return pageLoaders(db.manager, problemsOf);
}
