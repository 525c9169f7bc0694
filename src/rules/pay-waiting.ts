import { enqueue } from '../platform/db/outbox.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { accrue } from './accrue.ts';
import { EVENTS_AT_ONCE, payWaitingDefinition } from './job-definitions.ts';

/** Asks, in the transaction that raises a programme's budget, for the events that wait for it to be paid. */
export async function enqueueOverBudget(tx: Tx, programmeId: string, now: Date): Promise<void> {
  await enqueue(tx, payWaitingDefinition, { programmeId }, now);
}

/**
 * Pays the events of a programme that wait for budget, oldest first, as far as the budget goes.
 *
 * Events that nobody judged yet are taken too: one of them may be in the hands of a run that read the budget before it
 * was raised and has not said "over budget" yet. Paying waits for that run's locks and then finds it out.
 */
export async function payWaiting(deps: Deps, programmeId: string, progress: ReportProgress): Promise<void> {
  let last = '';
  let done = 0;
  for (;;) {
    const rows: { id: string }[] = await deps.db.query(
      `SELECT id FROM activity_event WHERE programme_id = ? AND id > ? AND state IN ('recorded', 'over_budget')
       ORDER BY id LIMIT ?`,
      [programmeId, last, EVENTS_AT_ONCE],
    );
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return;
    await accrue(deps, ids);
    last = ids.at(-1)!;
    done += ids.length;
    await progress({ done });
  }
}
