import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { memberIdOf } from '../identity/own-member.ts';
import { beijingDay } from '../platform/clock.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { checkEvents, type EventGiven } from './check-events.ts';
import { eventCount, ownEvent } from './event-refusals.ts';
import { eventTypesOf } from './event-types/queries.ts';
import { EVENTS_AT_ONCE } from './job-definitions.ts';
import { findPeople } from './queries.ts';
import { partOfProgramme } from './scope.ts';
import { recordedIn, writeEvents } from './write-events.ts';

export interface EventsToRecord {
  programmeId: string;
  /** 1 to 500. */
  events: readonly EventGiven[];
}

/** What one call recorded. */
export interface Recording {
  id: string;
  recorded: number;
  /** How many were there already: given twice, or recorded earlier. They earn once. */
  repeated: number;
  /** The events that it recorded, in the order in which they were given. */
  eventIds: string[];
}

/**
 * Records what members did or lived, all of the events or none; what they earn is paid by a job soon after. The caller
 * holds events:record in the members' branch. An event that is there already is no error and earns nothing more. One
 * audit record for the call. Refusals: EVENT_COUNT, PROGRAMME_UNKNOWN, OWN_EVENT, and EVENTS_REFUSED (an `EventsRefusal`), which
 * tells by place what is wrong with which event.
 */
export async function recordEvents(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: EventsToRecord,
): Promise<Result<Recording>> {
  const outcome = await act(deps, caller, { operation: 'recordEvents', key, input }, (tx, now) =>
    record(tx, caller, input, now),
  );
  if (!outcome.ok) return outcome;
  const eventIds = await recordedIn(deps.db.manager, outcome.value);
  const recorded = eventIds.length;
  return accept({ id: outcome.value, recorded, repeated: input.events.length - recorded, eventIds });
}

async function record(
  tx: Tx,
  caller: AdminCaller,
  { programmeId, events }: EventsToRecord,
  now: Date,
): Promise<Outcome> {
  if (events.length < 1 || events.length > EVENTS_AT_ONCE) return refuse(eventCount);
  const part = await partOfProgramme(tx, caller, 'events:record', programmeId);
  if (!part.ok) return part;
  const { programme, branches } = part.value;
  const checked = checkEvents(events, {
    today: beijingDay(now),
    people: await findPeople(tx, branches, {
      ids: events.flatMap(({ memberId }) => memberId ?? []),
      staffNumbers: events.flatMap(({ staffNumber }) => staffNumber ?? []),
    }),
    types: await eventTypesOf(tx, programmeId),
  });
  if (!checked.ok) return checked;
  const own = await memberIdOf(tx, caller);
  const place = checked.value.findIndex((person) => person.id === own);
  if (place >= 0) return refuse({ ...ownEvent, at: `events.${place}` });
  const recordingId = newId();
  const named = events.map((event, i) => ({ ...event, memberId: checked.value[i]!.id }));
  const eventIds = await writeEvents(tx, { programmeId, recordingId, recordedBy: caller.actor }, named, now);
  const after = { programmeId, recorded: eventIds.length, repeated: events.length - eventIds.length };
  const target = { targetKind: 'recording', targetId: recordingId, unionId: programme.unionId };
  await recordAudit(tx, { actor: caller.actor, action: 'recordEvents', ...target, after }, now);
  return accept(recordingId);
}
