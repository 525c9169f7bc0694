import type { EntityManager } from 'typeorm';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { type MemberFacts, memberFacts } from '../../unions/member-facts.ts';
import { eventIdentity } from '../event-identity.ts';
import { factsOn } from '../facts.ts';
import { type NamedEvent, writeEvents } from '../write-events.ts';
import { YEARLY_KINDS } from './milestone-kinds.ts';
import type { Search } from './milestones-of-day.ts';
import { countRecorded } from './runs.ts';
import { hasAnswer, type WantedTypes } from './wanted.ts';

const RECORDED_BY = 'system:milestones';

/**
 * Records those of these milestones, 500 at the most, that are not known yet and concern the programme, in one
 * transaction with the count of the run. Resolves with how many are new. Their references make a second recording
 * nothing, also one at the same moment.
 */
export async function recordMilestones(
  { db }: Pick<Deps, 'db'>,
  search: Search,
  found: readonly NamedEvent[],
): Promise<number> {
  const { programmeId, wanted, now } = search;
  const unknown = await withoutKnown(db.manager, programmeId, found);
  const members = await memberFacts(db.manager, [...new Set(unknown.map((event) => event.memberId))]);
  const events = unknown.filter((event) => concerns(wanted, event, members.get(event.memberId)));
  if (events.length === 0) return 0;
  return inTransaction(db, async (tx) => {
    const recorder = { programmeId, recordingId: newId(), recordedBy: RECORDED_BY };
    const { length } = await writeEvents(tx, recorder, events, now);
    if (length > 0) await countRecorded(tx, search, length);
    return length;
  });
}

/** Without those that stand, and those that somebody took back and that are said to have fallen on the same day again. */
async function withoutKnown(
  db: EntityManager,
  programmeId: string,
  events: readonly NamedEvent[],
): Promise<NamedEvent[]> {
  if (events.length === 0) return [];
  const keys = events.map((event) => eventIdentity(event));
  const rows: { identity: Buffer; occurredOn: string; revocationId: string }[] = await db.query(
    `SELECT identity, occurred_on AS occurredOn, revocation_id AS revocationId FROM activity_event
     WHERE programme_id = ? AND identity IN (?)`,
    [programmeId, keys],
  );
  const known = new Set(
    rows.map(({ identity, occurredOn, revocationId }) =>
      revocationId === '' ? identity.toString('hex') : `${identity.toString('hex')} ${occurredOn}`,
    ),
  );
  return events.filter((event, i) => {
    const key = keys[i]!.toString('hex');
    return !known.has(key) && !known.has(`${key} ${event.occurredOn}`);
  });
}

/** Whether a milestone is this union's to keep: of one who was its member by then, and for which rules have an answer. */
function concerns(wanted: WantedTypes, event: NamedEvent, member: MemberFacts | undefined): boolean {
  if (!member || (member.unionJoinedOn ?? '') > event.occurredOn) return false;
  const fact = YEARLY_KINDS.find((kind) => kind.type === event.type)?.fact;
  if (fact === undefined) return true;
  return hasAnswer(wanted.get(event.type)?.rules ?? [], event, factsOn(event.occurredOn, member), fact);
}
