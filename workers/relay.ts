import type { Queue } from 'bullmq';
import type { Deps } from '../src/platform/deps.ts';
import type { Queues } from '../src/platform/queue.ts';

const ROWS_AT_ONCE = 500;
const OVERDUE_MS = 30_000;

interface OutboxRow {
  id: string;
  job: string;
  payload: string;
}

/** Moves outbox rows that no queue has seen yet to BullMQ, oldest first. Returns how many. */
export async function relayNew({ db, clock }: Deps, queues: Queues): Promise<number> {
  const rows: OutboxRow[] = await db.query(
    'SELECT id, job, payload FROM outbox WHERE relayed_at IS NULL ORDER BY id LIMIT ?',
    [ROWS_AT_ONCE],
  );
  for (const [job, ofJob] of groupByJob(rows)) {
    await queues
      .get(job)
      .addBulk(ofJob.map((row) => ({ name: job, data: JSON.parse(row.payload), opts: { jobId: row.id } })));
  }
  await markRelayed(db, rows, clock.now());
  return rows.length;
}

/**
 * Wakes jobs whose outbox row is still there long after it was relayed: puts back those that the queue no longer knows
 * (Redis was wiped) and retries those that have failed. A job that is waiting or running is left alone.
 */
export async function sweepOverdue({ db, clock }: Deps, queues: Queues, overdueMs = OVERDUE_MS): Promise<number> {
  const rows: OutboxRow[] = await db.query(
    'SELECT id, job, payload FROM outbox WHERE relayed_at <= ? ORDER BY relayed_at, id LIMIT ?',
    [new Date(clock.now().getTime() - overdueMs), ROWS_AT_ONCE],
  );
  for (const row of rows) await wake(queues.get(row.job), row);
  await markRelayed(db, rows, clock.now());
  return rows.length;
}

async function wake(queue: Queue, row: OutboxRow): Promise<void> {
  const job = await queue.getJob(row.id);
  if (job === undefined) await queue.add(row.job, JSON.parse(row.payload), { jobId: row.id });
  else if (await job.isFailed()) await job.retry('failed');
  else if (await job.isCompleted()) await job.retry('completed');
}

async function markRelayed(db: Deps['db'], rows: OutboxRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await db.query('UPDATE outbox SET relayed_at = ? WHERE id IN (?)', [now, rows.map((row) => row.id)]);
}

function groupByJob(rows: OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) groups.set(row.job, [...(groups.get(row.job) ?? []), row]);
  return groups;
}
