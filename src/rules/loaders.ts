import DataLoader from 'dataloader';
import type { Deps } from '../platform/deps.ts';
import type { Accrual } from './accrual.entity.ts';
import { accrualsOf, findVersions, newestVersions, type VersionedRule } from './queries.ts';

/** How many versions of a rule its view shows. */
export const VERSIONS_SHOWN = 20;

/** Rule versions by id, for `loader(context, ruleVersionLoader)`; null for an id of none. */
export function ruleVersionLoader({ db }: Deps): DataLoader<string, VersionedRule | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await findVersions(db.manager, ids)).map((version) => [version.versionId, version]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** The newest versions of a rule by the rule's id, the newest first. */
export function newestVersionsLoader({ db }: Deps): DataLoader<string, VersionedRule[]> {
  return grouped(
    (ids) => newestVersions(db.manager, ids, VERSIONS_SHOWN),
    (version) => version.ruleId,
  );
}

/** What an event earned, by the event's id. */
export function accrualsLoader({ db }: Deps): DataLoader<string, Accrual[]> {
  return grouped(
    (ids) => accrualsOf(db.manager, ids),
    (accrual) => accrual.eventId,
  );
}

function grouped<T>(
  find: (ids: readonly string[]) => Promise<T[]>,
  keyOf: (one: T) => string,
): DataLoader<string, T[]> {
  return new DataLoader(async (ids) => {
    const groups = new Map<string, T[]>(ids.map((id) => [id, []]));
    for (const one of await find(ids)) groups.get(keyOf(one))?.push(one);
    return ids.map((id) => groups.get(id)!);
  });
}
