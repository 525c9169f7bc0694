import type { Tx } from '../platform/db/transaction.ts';
import type { JudgedEvent } from './evaluate.ts';

/** An event that is to be judged. */
export interface WaitingEvent extends JudgedEvent {
  programmeId: string;
  type: string;
  recordedAt: Date;
  /** It waits for budget; some of its rules may have paid it. */
  judgedBefore: boolean;
}

/**
 * Locks those of these events that were not judged yet or wait for budget, in id order. Over the primary key, whatever
 * the optimizer thinks: two runs over the same events queue up at the first one. Events are locked before everything
 * else, so locking members' accounts after them cannot deadlock.
 */
export async function lockEvents(tx: Tx, ids: readonly string[]): Promise<WaitingEvent[]> {
  const rows: {
    id: string;
    programme_id: string;
    member_id: string;
    type: string;
    attributes: string;
    occurred_on: string;
    facts: string;
    recorded_at: Date;
    state: string;
  }[] = await tx.query(
    `SELECT id, programme_id, member_id, type, attributes, occurred_on, facts, recorded_at, state
     FROM activity_event FORCE INDEX (PRIMARY)
     WHERE id IN (?) AND state IN ('recorded', 'over_budget') ORDER BY id FOR UPDATE`,
    [ids],
  );
  return rows.map((row) => ({
    id: row.id,
    programmeId: row.programme_id,
    memberId: row.member_id,
    type: row.type,
    recordedAt: row.recorded_at,
    attributes: JSON.parse(row.attributes),
    occurredOn: row.occurred_on,
    member: JSON.parse(row.facts),
    judgedBefore: row.state === 'over_budget',
  }));
}
