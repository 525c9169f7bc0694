import type { EntityManager } from 'typeorm';
import { pointsFromSql } from '../../platform/points.ts';
import type { Given } from '../tally.ts';
import type { EarlierAccrual, PastEvent } from './replay-member.ts';

/** The part of a programme's past that is replayed: events recorded from one instant up to before another. */
export interface Past {
  programmeId: string;
  from: Date;
  until: Date;
}

/** How many events are in memory at a time, a member's own always together. */
const EVENTS_IN_HAND = 2_000;
const MEMBERS_AT_ONCE = 500;

/** How many events of the past there are. */
export async function countPast(db: EntityManager, { programmeId, from, until }: Past): Promise<number> {
  const [row] = await db.query<[{ n: string }]>(
    `SELECT COUNT(*) AS n FROM activity_event FORCE INDEX (activity_event_past)
     WHERE programme_id = ? AND recorded_at >= ? AND recorded_at < ?`,
    [programmeId, from, until],
  );
  return Number(row.n);
}

/**
 * The members with events in the past, in id order, in groups that have some 2,000 events together. The index holds all
 * that is asked, so no event is read for it.
 */
export async function* membersOfPast(db: EntityManager, past: Past): AsyncGenerator<string[]> {
  let last = '';
  for (;;) {
    const rows: { member_id: string; n: string }[] = await db.query(
      `SELECT member_id, COUNT(*) AS n FROM activity_event FORCE INDEX (activity_event_past)
       WHERE programme_id = ? AND member_id > ? AND recorded_at >= ? AND recorded_at < ?
       GROUP BY member_id ORDER BY member_id LIMIT ?`,
      [past.programmeId, last, past.from, past.until, MEMBERS_AT_ONCE],
    );
    if (rows.length === 0) return;
    let group: string[] = [];
    let events = 0;
    for (const row of rows) {
      group.push(row.member_id);
      events += Number(row.n);
      if (events < EVENTS_IN_HAND) continue;
      yield group;
      group = [];
      events = 0;
    }
    if (group.length > 0) yield group;
    last = rows.at(-1)!.member_id;
  }
}

/** What the replay of some members needs. */
export interface MembersPast {
  /** With the instant of recording. */
  events: (PastEvent & { recordedAt: Date; isWaiting: boolean })[];
  /** What was given for the events of the past and stands. */
  paid: Given[];
  /** What was given for events recorded before. */
  earlier: EarlierAccrual[];
}

/** Two statements, however many members. */
export async function readPast(db: EntityManager, past: Past, memberIds: readonly string[]): Promise<MembersPast> {
  const events = await eventsOf(db, past, memberIds);
  const replayed = new Set(events.map((event) => event.id));
  const rows: AccrualRow[] = await db.query(
    `SELECT a.rule_id, a.member_id, a.occurrence, a.event_id, a.points, a.occurred_on, a.revocation_id
     FROM activity_event e FORCE INDEX (activity_event_past) JOIN accrual a ON a.event_id = e.id
     WHERE e.programme_id = ? AND e.member_id IN (?) AND e.recorded_at < ?`,
    [past.programmeId, memberIds, past.until],
  );
  const isReplayed = (row: AccrualRow) => replayed.has(row.event_id);
  return {
    events,
    paid: rows.filter((row) => isReplayed(row) && row.revocation_id === '').map(given),
    earlier: rows.filter((row) => !isReplayed(row)).map((row) => ({ ...given(row), revocationId: row.revocation_id })),
  };
}

interface AccrualRow {
  rule_id: string;
  member_id: string;
  occurrence: string;
  event_id: string;
  points: number;
  occurred_on: string;
  revocation_id: string;
}

const given = (row: AccrualRow): Given => ({
  ruleId: row.rule_id,
  memberId: row.member_id,
  occurrence: row.occurrence,
  eventId: row.event_id,
  points: pointsFromSql(row.points),
  occurredOn: row.occurred_on,
});

async function eventsOf(
  db: EntityManager,
  { programmeId, from, until }: Past,
  memberIds: readonly string[],
): Promise<MembersPast['events']> {
  const rows: {
    id: string;
    member_id: string;
    type: string;
    attributes: string;
    occurred_on: string;
    facts: string;
    state: string;
    judgement_id: string;
    revocation_id: string;
    recorded_at: Date;
  }[] = await db.query(
    `SELECT id, member_id, type, attributes, occurred_on, facts, state, judgement_id, revocation_id, recorded_at
     FROM activity_event FORCE INDEX (activity_event_past)
     WHERE programme_id = ? AND member_id IN (?) AND judgement_id IS NOT NULL AND recorded_at >= ? AND recorded_at < ?`,
    [programmeId, memberIds, from, until],
  );
  return rows.map((row) => ({
    id: row.id,
    memberId: row.member_id,
    type: row.type,
    attributes: JSON.parse(row.attributes),
    occurredOn: row.occurred_on,
    member: JSON.parse(row.facts),
    judgementId: row.judgement_id,
    revocationId: row.revocation_id,
    recordedAt: row.recorded_at,
    isWaiting: row.state === 'over_budget',
  }));
}
