import DataLoader from 'dataloader';
import { pageLoaders } from '../platform/db/loaders.ts';
import type { Deps } from '../platform/deps.ts';
import type { Page, PageRequest } from '../platform/graphql/connection.ts';
import { groupBy } from '../platform/group-by.ts';
import type { Notice } from './notice.entity.ts';
import type { NoticeLine } from './notice-line.entity.ts';
import type { Objection } from './objection.entity.ts';
import { findLines, findNotices, type HoldUps, holdUpsOf, linesOf, objectionsOf, versionsOf } from './queries.ts';

/** Notices by id; null for an id of none. */
export function noticeLoader({ db }: Deps): DataLoader<string, Notice | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await findNotices(db.manager, ids)).map((notice) => [notice.id, notice]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** The versions of a notice by the id of the first, the newest first. */
export function versionsLoader({ db }: Deps): DataLoader<string, Notice[]> {
  return new DataLoader(async (firstIds) => {
    const versions = groupBy(await versionsOf(db.manager, firstIds), (notice) => notice.firstId);
    return firstIds.map((id) => versions.get(id) ?? []);
  });
}

/** What holds up a notice, by the id of its first version. */
export function holdUpsLoader({ db }: Deps): DataLoader<string, HoldUps> {
  return new DataLoader(async (firstIds) => {
    const found = await holdUpsOf(db.manager, firstIds);
    return firstIds.map((id) => found.get(id) ?? { waiting: 0, unanswered: 0 });
  });
}

export type PlaceOfLine = Pick<NoticeLine, 'noticeId' | 'number'>;

/** Lines by their notice and number; null where there is none. */
export function lineLoader({ db }: Deps): DataLoader<PlaceOfLine, NoticeLine | null, string> {
  const keyOf = ({ noticeId, number }: PlaceOfLine) => `${noticeId} ${number}`;
  return new DataLoader(
    async (places) => {
      const found = new Map((await findLines(db.manager, places)).map((line) => [keyOf(line), line]));
      return places.map((place) => found.get(keyOf(place)) ?? null);
    },
    { cacheKeyFn: keyOf },
  );
}

/** Pages of lines by the notice's id: a loader for each page asked, so that one statement serves a whole list. */
export function linesLoaders({ db }: Deps): (page: PageRequest) => DataLoader<string, Page<NoticeLine>> {
  return pageLoaders(db.manager, linesOf);
}

/** Pages of the objections that a viewer sees (see objectionsOf) by the notice's id, likewise. */
export function objectionsLoaders({
  db,
}: Deps): (viewer: string | null, page: PageRequest) => DataLoader<string, Page<Objection>> {
  const byViewer = new Map<string | null, (page: PageRequest) => DataLoader<string, Page<Objection>>>();
  return (viewer, page) => {
    const ofViewer =
      byViewer.get(viewer) ??
      pageLoaders<Objection>(db.manager, (manager, ids, asked) => objectionsOf(manager, ids, viewer, asked));
    byViewer.set(viewer, ofViewer);
    return ofViewer(page);
  };
}
