import type { EntityManager } from 'typeorm';
import { pointsFromSql } from '../platform/points.ts';
import { periodOf } from './cap-period.ts';
import type { Award } from './judge.ts';
import { type Given, type GivenOnDay, Tally } from './tally.ts';

/** An award that may come, and whether its event was judged before. */
export type Candidate = Award & { judgedBefore: boolean };

/**
 * What was given before, as far as these candidates need it: their occurrences that are paid already, and what their
 * caps count. It holds for as long as the caller holds the locks of the members' accounts. Two statements at the most.
 */
export async function loadTally(db: EntityManager, candidates: readonly Candidate[]): Promise<Tally> {
  return new Tally(await paidOccurrences(db, candidates), await givenByDay(db, candidates));
}

async function paidOccurrences(db: EntityManager, candidates: readonly Candidate[]): Promise<Given[]> {
  // Where every event is an occurrence of its own, one that was never judged cannot have been paid.
  const asked = candidates.filter(
    ({ rule, judgedBefore }) => judgedBefore || rule.definition.occurrence.kind !== 'event',
  );
  if (asked.length === 0) return [];
  const rows: {
    rule_id: string;
    member_id: string;
    occurrence: string;
    event_id: string;
    points: number;
    occurred_on: string;
  }[] = await db.query(
    `SELECT rule_id, member_id, occurrence, event_id, points, occurred_on FROM accrual
     WHERE (rule_id, member_id, occurrence, revocation_id) IN (?)`,
    [asked.map(({ rule, event, occurrence }) => [rule.ruleId, event.memberId, occurrence, ''])],
  );
  return rows.map((row) => ({
    ruleId: row.rule_id,
    memberId: row.member_id,
    occurrence: row.occurrence,
    eventId: row.event_id,
    points: pointsFromSql(row.points),
    occurredOn: row.occurred_on,
  }));
}

async function givenByDay(db: EntityManager, candidates: readonly Candidate[]): Promise<GivenOnDay[]> {
  const capped = candidates.filter(({ rule }) => rule.definition.caps.length > 0);
  if (capped.length === 0) return [];
  const periods = capped.flatMap(({ rule, event }) =>
    rule.definition.caps.map((cap) => periodOf(cap.period, event.occurredOn)),
  );
  const from = periods.map((period) => period.from).reduce((a, b) => (a < b ? a : b));
  const until = periods.map((period) => period.until).reduce((a, b) => (a > b ? a : b));
  const pairs = new Map(
    capped.map(({ rule, event }) => [`${rule.ruleId} ${event.memberId}`, [rule.ruleId, event.memberId]]),
  );
  const rows: { rule_id: string; member_id: string; occurred_on: string; points: string; count: string }[] =
    await db.query(
      `SELECT rule_id, member_id, occurred_on, SUM(points) AS points, COUNT(*) AS count
       FROM accrual FORCE INDEX (accrual_of_day)
       WHERE (rule_id, member_id) IN (?) AND occurred_on BETWEEN ? AND ? AND revocation_id = ''
       GROUP BY rule_id, member_id, occurred_on`,
      [[...pairs.values()], from, until],
    );
  return rows.map((row) => ({
    ruleId: row.rule_id,
    memberId: row.member_id,
    occurredOn: row.occurred_on,
    points: pointsFromSql(row.points),
    count: Number(row.count),
  }));
}
