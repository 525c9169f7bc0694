import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { missingMembersOf, type NumberedProblem, problemsOf } from './queries.ts';

/** A loader for each page that is asked for: the same page of many imports in one statement. */
export type PageLoaders<T> = (page: PageRequest) => DataLoader<string, Page<T>>;

/** The problems of imports by the import's id, for `loader(context, problemLoaders)(page)`. */
export function problemLoaders({ db }: Deps): PageLoaders<NumberedProblem> {
  return byPage((ids, page) => problemsOf(db.manager, ids, page));
}

/** The ids of the members whom the files of imports did not name, by the import's id. */
export function missingMemberLoaders({ db }: Deps): PageLoaders<string> {
  return byPage((ids, page) => missingMembersOf(db.manager, ids, page));
}

/** Loaders of pages: one for each page that is asked for. */
export function byPage<T>(
  find: (ids: readonly string[], page: PageRequest) => Promise<Map<string, Page<T>>>,
): PageLoaders<T> {
  const loaders = new Map<string, DataLoader<string, Page<T>>>();
  return (page) => {
    const key = `${page.first} ${page.after}`;
    const made =
      loaders.get(key) ??
      new DataLoader<string, Page<T>>(async (ids) => {
        const pages = await find(ids, page);
        return ids.map((id) => pages.get(id)!);
      });
    loaders.set(key, made);
    return made;
  };
}
