import type { DataSource, EntityManager } from 'typeorm';
import { addDays, type BeijingDay, isDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';

/** How many days a run catches up at the most, today included. */
const MOST_DAYS = 366;

export type RunState = 'running' | 'done';

/** A day for which milestones are looked for in a programme. */
export interface Run {
  programmeId: string;
  day: BeijingDay;
  /** The run before; undefined for a programme's first. */
  last: DoneRun | undefined;
}

interface DoneRun {
  day: BeijingDay;
  /** The instant at which it began: of members who changed later it may know nothing. */
  lookedUntil: Date;
}

/**
 * Begins the run of the first day that is not done, or goes on with it where a process ended amid it; undefined when
 * today is done. A programme's first run is that of today; what lies further back than a year is passed over.
 */
export async function beginRun(
  db: DataSource,
  programmeId: string,
  today: BeijingDay,
  now: Date,
): Promise<Run | undefined> {
  const [last]: DoneRun[] = await db.query(
    `SELECT day, looked_until AS lookedUntil FROM milestone_run
     WHERE programme_id = ? AND state = 'done' ORDER BY day DESC LIMIT 1`,
    [programmeId],
  );
  const next = last ? addDays(last.day, 1) : ((await firstBegun(db, programmeId)) ?? today);
  const earliest = addDays(today, 1 - MOST_DAYS);
  const day = next < earliest ? earliest : next;
  if (day > today) return undefined;
  await db.query(
    `INSERT INTO milestone_run (programme_id, day, state, looked_until) VALUES (?, ?, 'running', ?)
     ON DUPLICATE KEY UPDATE day = milestone_run.day`,
    [programmeId, day, now],
  );
  return { programmeId, day, last };
}

async function firstBegun(db: DataSource, programmeId: string): Promise<BeijingDay | null> {
  const [row] = await db.query('SELECT MIN(day) AS day FROM milestone_run WHERE programme_id = ?', [programmeId]);
  return row.day;
}

/** Counts events that a run has recorded, in the transaction that records them. */
export async function countRecorded(tx: Tx, { programmeId, day }: Run, recorded: number): Promise<void> {
  await tx.query('UPDATE milestone_run SET recorded = recorded + ? WHERE programme_id = ? AND day = ?', [
    recorded,
    programmeId,
    day,
  ]);
}

export async function finishRun(db: DataSource, { programmeId, day }: Run, now: Date): Promise<void> {
  await db.query(
    "UPDATE milestone_run SET state = 'done', finished_at = ? WHERE programme_id = ? AND day = ? AND state = 'running'",
    [now, programmeId, day],
  );
}

export interface RunRow {
  day: BeijingDay;
  state: RunState;
  recorded: number;
  finishedAt: Date | null;
}

/** A page of a programme's runs, the newest first; the cursor is the day. */
export async function runsOf(db: EntityManager, programmeId: string, page: PageRequest): Promise<Page<RunRow>> {
  // The server would refuse the whole statement for a text that is no day.
  if (page.after !== undefined && !isDay(page.after)) return { items: [], hasNextPage: false };
  const rows: RunRow[] = await db.query(
    `SELECT day, state, recorded, finished_at AS finishedAt FROM milestone_run
     WHERE programme_id = ? AND day < ? ORDER BY day DESC LIMIT ?`,
    [programmeId, page.after ?? '9999-12-31', page.first + 1],
  );
  return pageOf(rows, page);
}
