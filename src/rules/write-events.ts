import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../platform/clock.ts';
import { enqueue } from '../platform/db/outbox.ts';
import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import { memberFacts } from '../unions/member-facts.ts';
import type { Attributes } from './attributes.ts';
import { eventIdentity } from './event-identity.ts';
import { factsOn } from './facts.ts';
import { accrueDefinition } from './job-definitions.ts';

/** An event that was checked, of a member who is known. */
export interface NamedEvent {
  memberId: string;
  type: string;
  attributes: Attributes;
  occurredOn: BeijingDay;
  /** The number of a document or row elsewhere that stands for this event and no other. */
  reference?: string | undefined;
}

/** Who records events, and in which act. */
export interface Recorder {
  programmeId: string;
  recordingId: string;
  /** An actor: "operator:<id>", "member:<id>", or "system:<what part of the program>". */
  recordedBy: string;
}

const COLUMNS = [
  'id',
  'programme_id',
  'member_id',
  'type',
  'attributes',
  'occurred_on',
  'reference',
  'identity',
  'facts',
  'state',
  'recording_id',
  'recorded_by',
  'recorded_at',
];

/**
 * Writes up to 500 events and has them judged soon. Resolves with the ids of those that are new: an event that stands
 * already stays as it is, whoever recorded it and however close in time. What is known of the members is kept with the
 * events, so that they are judged, and judged again, by what was true when they were recorded.
 */
export async function writeEvents(
  tx: Tx,
  { programmeId, recordingId, recordedBy }: Recorder,
  events: readonly NamedEvent[],
  now: Date,
): Promise<string[]> {
  const members = await memberFacts(tx, [...new Set(events.map((event) => event.memberId))]);
  const rows = events.map((event) => {
    const { memberId, type, occurredOn, attributes, reference = null } = event;
    const member = members.get(memberId);
    if (!member) throw new Error(`there is no member ${memberId}`);
    const identity = eventIdentity(event);
    const facts = JSON.stringify(factsOn(occurredOn, member));
    const what = [memberId, type, JSON.stringify(attributes), occurredOn, reference, identity, facts, 'recorded'];
    return { identity, values: [newId(), programmeId, ...what, recordingId, recordedBy, now] };
  });
  // In order of identity, so that two calls with the same events meet at the first one and do not deadlock.
  rows.sort((a, b) => Buffer.compare(a.identity, b.identity));
  await insertRows(
    tx,
    'activity_event',
    COLUMNS,
    rows.map((row) => row.values),
    'ON DUPLICATE KEY UPDATE id = activity_event.id',
  );
  const eventIds = await recordedIn(tx, recordingId);
  if (eventIds.length > 0) await enqueue(tx, accrueDefinition, { eventIds }, now);
  return eventIds;
}

/** The events that one recording wrote, by id in order. */
export async function recordedIn(db: EntityManager, recordingId: string): Promise<string[]> {
  const rows: { id: string }[] = await db.query('SELECT id FROM activity_event WHERE recording_id = ? ORDER BY id', [
    recordingId,
  ]);
  return rows.map((row) => row.id);
}

/** The ids of the events that stand already, in order; undefined for one that does not. */
export async function eventIdsOf(
  db: EntityManager,
  programmeId: string,
  events: readonly NamedEvent[],
): Promise<(string | undefined)[]> {
  if (events.length === 0) return [];
  const identities = events.map((event) => eventIdentity(event));
  const rows: { id: string; identity: Buffer }[] = await db.query(
    `SELECT id, identity FROM activity_event WHERE programme_id = ? AND identity IN (?) AND revocation_id = ''`,
    [programmeId, identities],
  );
  const found = new Map(rows.map((row) => [row.identity.toString('hex'), row.id]));
  return identities.map((identity) => found.get(identity.toString('hex')));
}
