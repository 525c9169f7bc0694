import type { EntityManager } from 'typeorm';
import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { beijingDay } from '../platform/clock.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import { enqueue } from '../platform/db/outbox.ts';
import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { checkEvents, type EventGiven } from './check-events.ts';
import { eventIdentity } from './event-identity.ts';
import { eventCount } from './event-refusals.ts';
import { accrueDefinition, EVENTS_AT_ONCE } from './job-definitions.ts';
import { findPeople, ruleNames, rulesInForce } from './queries.ts';
import { partOfProgramme } from './scope.ts';

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
 * audit record for the call. Refusals: EVENT_COUNT, PROGRAMME_UNKNOWN, and EVENTS_REFUSED (an `EventsRefusal`), which
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
  const types = await ruleNames(tx, [programmeId]);
  const checked = checkEvents(events, {
    today: beijingDay(now),
    people: await findPeople(tx, branches, {
      ids: events.flatMap(({ memberId }) => memberId ?? []),
      staffNumbers: events.flatMap(({ staffNumber }) => staffNumber ?? []),
    }),
    types: new Set(types.map((rule) => rule.eventType)),
    rules: await rulesInForce(tx, [programmeId]),
  });
  if (!checked.ok) return checked;
  const recordingId = newId();
  const named = events.map((event, i) => ({ ...event, memberId: checked.value[i]!.id }));
  await insertEvents(tx, { programmeId, recordingId, recordedBy: caller.actor, now }, named);
  const eventIds = await recordedIn(tx, recordingId);
  if (eventIds.length > 0) await enqueue(tx, accrueDefinition, { eventIds }, now);
  const after = { programmeId, recorded: eventIds.length, repeated: events.length - eventIds.length };
  const target = { targetKind: 'recording', targetId: recordingId, unionId: programme.unionId };
  await recordAudit(tx, { actor: caller.actor, action: 'recordEvents', ...target, after }, now);
  return accept(recordingId);
}

async function insertEvents(
  tx: Tx,
  by: { programmeId: string; recordingId: string; recordedBy: string; now: Date },
  events: readonly (EventGiven & { memberId: string })[],
): Promise<void> {
  const rows = events.map((event) => {
    const { memberId, type, occurredOn, attributes, reference = null } = event;
    const identity = eventIdentity(event);
    const facts = [memberId, type, JSON.stringify(attributes), occurredOn, reference, identity, 'recorded'];
    return { identity, values: [newId(), by.programmeId, ...facts, by.recordingId, by.recordedBy, by.now] };
  });
  // In order of identity, so that two calls with the same events meet at the first one and do not deadlock. An event
  // that is there already stays as it is, whoever recorded it and however close in time.
  rows.sort((a, b) => Buffer.compare(a.identity, b.identity));
  await insertRows(
    tx,
    'activity_event',
    [
      'id',
      'programme_id',
      'member_id',
      'type',
      'attributes',
      'occurred_on',
      'reference',
      'identity',
      'state',
      'recording_id',
      'recorded_by',
      'recorded_at',
    ],
    rows.map((row) => row.values),
    'ON DUPLICATE KEY UPDATE id = activity_event.id',
  );
}

async function recordedIn(db: EntityManager, recordingId: string): Promise<string[]> {
  const rows: { id: string }[] = await db.query('SELECT id FROM activity_event WHERE recording_id = ? ORDER BY id', [
    recordingId,
  ]);
  return rows.map((row) => row.id);
}
