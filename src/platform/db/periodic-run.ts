import type { DataSource } from 'typeorm';
import { type BeijingDay, beijingDay } from '../clock.ts';

/** The last run of something that is done every day. */
export interface PeriodicRun {
  day: BeijingDay;
  finishedAt: Date;
  /** What came of it, as whoever did it wrote it down. */
  detail: unknown;
}

/** Writes down what came of a daily run; that of a day which was run before gives way to it. `detail` becomes JSON. */
export async function recordRun(
  db: DataSource,
  { job, startedAt, finishedAt, detail }: { job: string; startedAt: Date; finishedAt: Date; detail: unknown },
): Promise<void> {
  await db.query(
    `INSERT INTO periodic_run (job, period, started_at, finished_at, detail) VALUES (?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE started_at = VALUES(started_at), finished_at = VALUES(finished_at), detail = VALUES(detail)`,
    [job, beijingDay(startedAt), startedAt, finishedAt, JSON.stringify(detail)],
  );
}

/** The last run of a job that was finished; undefined when there was none. */
export async function lastRun(db: DataSource, job: string): Promise<PeriodicRun | undefined> {
  const [row]: { period: string; finished_at: Date; detail: string }[] = await db.query(
    'SELECT period, finished_at, detail FROM periodic_run WHERE job = ? AND finished_at IS NOT NULL ORDER BY period DESC LIMIT 1',
    [job],
  );
  return row && { day: row.period, finishedAt: row.finished_at, detail: JSON.parse(row.detail) };
}
