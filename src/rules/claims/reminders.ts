import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';

/** What an approver is reminded of on a day: how many claims wait for her. */
export interface Reminder {
  day: BeijingDay;
  waiting: number;
  /** Of them those that are due on that day or the next. */
  dueSoon: number;
  /** Of them those whose day is over. */
  overdue: number;
}

/** What an operator is reminded of on a day; undefined when of nothing. */
export async function findReminder(
  db: EntityManager,
  operatorId: string,
  day: BeijingDay,
): Promise<Reminder | undefined> {
  const [reminder]: Reminder[] = await db.query(
    'SELECT day, waiting, due_soon AS dueSoon, overdue FROM claim_reminder WHERE operator_id = ? AND day = ?',
    [operatorId, day],
  );
  return reminder;
}
