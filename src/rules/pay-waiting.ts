import { enqueue } from '../platform/db/outbox.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { accrue } from './accrue.ts';
import { EVENTS_AT_ONCE, payWaitingDefinition } from './job-definitions.ts';
import { payDue } from './pay-due.ts';

/** Asks, in the transaction that raises a budget of a programme or of its rules, for the events that wait for it. */
export async function enqueueOverBudget(tx: Tx, programmeId: string, now: Date): Promise<void> {
  await enqueue(tx, payWaitingDefinition, { programmeId }, now);
}

/**
 * Pays what waits in every programme. What raises a budget wakes this for its programme; only a version that takes
 * effect later than it was published wakes nobody.
 */
export async function payAllWaiting(deps: Deps, progress: ReportProgress): Promise<void> {
  const rows: { id: string }[] = await deps.db.query(
    `SELECT id FROM programme WHERE EXISTS
       (SELECT 1 FROM activity_event WHERE activity_event.programme_id = programme.id AND state = 'over_budget')`,
  );
  for (const { id } of rows) await payWaiting(deps, id, progress);
  await payDue(deps, progress);
}

/**
 * Pays the events of a programme that wait for budget, oldest first, as far as the budget goes; then the awards whose
 * notice period ended while the budget was short.
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
    if (ids.length === 0) return payDue(deps, progress);
    await accrue(deps, ids);
    last = ids.at(-1)!;
    done += ids.length;
    await progress({ done });
  }
}
