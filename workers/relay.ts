import type { Queue } from 'bullmq';
import type { Deps } from '../src/platform/deps.ts';
import { Outage } from '../src/platform/outage.ts';
import type { Queues } from '../src/platform/queue.ts';
import { type Repeated, repeat } from './repeat.ts';
import { BAD_PAYLOAD } from './run-jobs.ts';

const ROWS_AT_ONCE = 500;
const OVERDUE_MS = 30_000;
const RELAY_PAUSE_MS = 200;
const SWEEP_PAUSE_MS = 10_000;

interface OutboxRow {
  id: string;
  job: string;
  payload: string;
}

/** Moves outbox rows that no queue has seen yet to BullMQ, oldest first, 500 at most. Returns how many. */
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
 * Looks after jobs whose outbox row is still there half a minute after it was relayed, 500 at most: puts back those that
 * the queue does not know (Redis was wiped) and retries those that have failed. A job that waits or runs is left alone.
 * Returns how many it woke.
 */
export async function sweepOverdue({ db, clock }: Deps, queues: Queues): Promise<number> {
  const rows: OutboxRow[] = await db.query(
    'SELECT id, job, payload FROM outbox WHERE relayed_at <= ? ORDER BY relayed_at, id LIMIT ?',
    [new Date(clock.now().getTime() - OVERDUE_MS), ROWS_AT_ONCE],
  );
  const woken = await Promise.all(rows.map((row) => wake(queues.get(row.job), row)));
  await markRelayed(db, rows, clock.now());
  return woken.filter(Boolean).length;
}

async function wake(queue: Queue, row: OutboxRow): Promise<boolean> {
  const job = await queue.getJob(row.id);
  if (job === undefined) {
    await queue.add(row.job, JSON.parse(row.payload), { jobId: row.id });
    return true;
  }
  const state = await job.getState();
  if (state !== 'failed' && state !== 'completed') return false;
  if (job.failedReason?.startsWith(BAD_PAYLOAD)) return false;
  await job.retry(state);
  return true;
}

async function markRelayed(db: Deps['db'], rows: OutboxRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await db.query('UPDATE outbox SET relayed_at = ? WHERE id IN (?)', [now, rows.map((row) => row.id)]);
}

function groupByJob(rows: OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const group = groups.get(row.job);
    if (group) group.push(row);
    else groups.set(row.job, [row]);
  }
  return groups;
}

/**
 * Relays new rows as they come and sweeps every ten seconds, both back to back while they find work. While MariaDB is
 * away it goes on trying, while Redis is away it waits.
 */
export function startRelay(deps: Deps, queues: Queues): Repeated {
  const outage = new Outage(deps.log, 'The outbox');
  const watched = (work: typeof relayNew) => async () => {
    const found = await work(deps, queues);
    outage.ended();
    return found;
  };
  const loops = [
    repeat(RELAY_PAUSE_MS, watched(relayNew), (error) => outage.began(error)),
    repeat(SWEEP_PAUSE_MS, watched(sweepOverdue), (error) => outage.began(error)),
  ];
  return { close: async () => void (await Promise.all(loops.map((loop) => loop.close()))) };
}
