import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import { type Points, points } from '../../platform/points.ts';
import type { ActivityEvent } from '../activity-event.entity.ts';
import { findEvents, pendingOf, reasonsOf, revocationsOf } from './queries.ts';
import type { Revocation } from './revocation.entity.ts';

/** Why a transfer corrected something, by its cause's id, for `loader(context, reasonLoader)`; null for other causes. */
export function reasonLoader({ db }: Deps): DataLoader<string, string | null> {
  return new DataLoader(async (causeIds) => {
    const found = await reasonsOf(db.manager, causeIds);
    return causeIds.map((id) => found.get(id) ?? null);
  });
}

/** The revocation of an event, by the event's id; null while it stands. */
export function revocationLoader({ db }: Deps): DataLoader<string, Revocation | null> {
  return new DataLoader(async (eventIds) => {
    const found = new Map((await revocationsOf(db.manager, eventIds)).map((one) => [one.eventId, one]));
    return eventIds.map((id) => found.get(id) ?? null);
  });
}

/** What is awarded and not paid yet, by account id. */
export function pendingLoader({ db }: Deps): DataLoader<string, Points> {
  return new DataLoader(async (accountIds) => {
    const found = await pendingOf(db.manager, accountIds);
    return accountIds.map((id) => found.get(id) ?? points(0));
  });
}

/** Events by id; null for an id of none. */
export function eventLoader({ db }: Deps): DataLoader<string, ActivityEvent | null> {
  return new DataLoader(async (ids) => {
    const found = new Map((await findEvents(db.manager, ids)).map((one) => [one.id, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
}
