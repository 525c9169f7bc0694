import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { Page, PageRequest } from '../graphql/connection.ts';

/** Reads what stands under keys, by key. */
export type Find<T> = (db: EntityManager, keys: readonly string[]) => Promise<Map<string, T>>;

/** A loader of what `find` finds by key; `none` for a key of nothing. */
export function byKey<T, N>(db: EntityManager, find: Find<T>, none: N): DataLoader<string, T | N> {
  return new DataLoader(async (keys) => {
    const found = await find(db, keys);
    return keys.map((key) => found.get(key) ?? none);
  });
}

/** A loader for each page that is asked for: the same page of many lists in one statement. */
export type PageLoaders<T> = (page: PageRequest) => DataLoader<string, Page<T>>;

/** Loaders of pages, made once each. `find` gives the same page for each of the ids; one without has an empty page. */
export function pageLoaders<T>(
  db: EntityManager,
  find: (db: EntityManager, ids: readonly string[], page: PageRequest) => Promise<Map<string, Page<T>>>,
): PageLoaders<T> {
  const loaders = new Map<string, DataLoader<string, Page<T>>>();
  return (page) => {
    const key = `${page.first} ${page.after}`;
    const none: Page<T> = { items: [], hasNextPage: false };
    const made = loaders.get(key) ?? byKey<Page<T>, Page<T>>(db, (manager, ids) => find(manager, ids, page), none);
    loaders.set(key, made);
    return made;
  };
}
