import type { DataSource, EntityManager } from 'typeorm';
import { beijingMonth } from '../../platform/clock.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { type BeijingMonth, lastDueMonth, nextMonth, USUAL_SETTLEMENT_DAY } from './months.ts';

export type RunState = 'running' | 'done';

/**
 * Begins the first month of a programme that is due and not closed, or goes on with it where a process ended amid it;
 * undefined when all that are due are closed. A programme's first month is the one in which it was made.
 */
export async function beginRun(db: DataSource, programmeId: string, now: Date): Promise<BeijingMonth | undefined> {
  const [row]: { createdAt: Date; last: BeijingMonth | null }[] = await db.query(
    `SELECT created_at AS createdAt, (SELECT MAX(month) FROM settlement_run
       WHERE programme_id = programme.id AND state = 'done') AS last
     FROM programme WHERE id = ?`,
    [programmeId],
  );
  const { createdAt, last } = row!;
  const month = last === null ? beijingMonth(createdAt) : nextMonth(last);
  if (month > lastDueMonth(await settlementDayOf(db.manager, programmeId), now)) return undefined;
  await db.query(
    `INSERT INTO settlement_run (programme_id, month, state, started_at) VALUES (?, ?, 'running', ?)
     ON DUPLICATE KEY UPDATE month = settlement_run.month`,
    [programmeId, month, now],
  );
  return month;
}

export async function finishRun(db: DataSource, programmeId: string, month: BeijingMonth, now: Date): Promise<void> {
  await db.query(
    `UPDATE settlement_run SET state = 'done', finished_at = ?,
       statements = (SELECT COUNT(*) FROM settlement_statement WHERE programme_id = ? AND month = ?)
     WHERE programme_id = ? AND month = ? AND state = 'running'`,
    [now, programmeId, month, programmeId, month],
  );
}

/** On which day of the next month a programme settles. */
export async function settlementDayOf(db: EntityManager, programmeId: string): Promise<number> {
  const [row] = await db.query('SELECT settlement_day AS day FROM settlement_policy WHERE programme_id = ?', [
    programmeId,
  ]);
  return row?.day ?? USUAL_SETTLEMENT_DAY;
}

export interface RunRow {
  month: BeijingMonth;
  state: RunState;
  statements: number;
  startedAt: Date;
  finishedAt: Date | null;
}

/** A page of the months that were closed in a programme, the newest first; the cursor is the month. */
export async function runsOf(db: EntityManager, programmeId: string, page: PageRequest): Promise<Page<RunRow>> {
  const rows: RunRow[] = await db.query(
    `SELECT month, state, statements, started_at AS startedAt, finished_at AS finishedAt FROM settlement_run
     WHERE programme_id = ? AND month < ? ORDER BY month DESC LIMIT ?`,
    [programmeId, page.after ?? '9999-12', page.first + 1],
  );
  return pageOf(rows, page);
}
