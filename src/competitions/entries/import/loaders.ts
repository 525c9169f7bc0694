import type { Deps } from '../../../platform/deps.ts';
import { byPage, type PageLoaders } from '../../../unions/roster/loaders.ts';
import type { NumberedProblem } from '../../../unions/roster/queries.ts';
import { problemsOf } from './queries.ts';

/** The problems of imports by the import's id, for `loader(context, entryProblemLoaders)(page)`. */
export function entryProblemLoaders({ db }: Deps): PageLoaders<NumberedProblem> {
  return byPage((ids, page) => problemsOf(db.manager, ids, page));
}
