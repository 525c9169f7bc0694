import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import type { Refusal, Result } from '../../platform/result.ts';
import { lockOwnPanel } from '../panels/lock-panel.ts';
import { taskUnderWay } from './ask-for-task.ts';
import { PanelTask, type TaskKind } from './panel-task.entity.ts';

/** Is told how many steps are done. */
export type ReportSteps = (done: number) => Promise<void>;

/** Does a task in the transaction that it is given, with the panel locked. It may refuse after it has written. */
export type TaskWork = (tx: Tx, task: PanelTask, report: ReportSteps) => Promise<Result<unknown>>;

/**
 * The work of the jobs that do tasks: does what a panel waits for, when it is one of theirs, in one transaction, once,
 * however often and on however many machines this runs. A refusal takes everything back and is kept for the admin who
 * asked. When it throws, the task is still under way, and another run begins anew.
 */
export async function runTask(
  { db, clock }: Deps,
  panelId: string,
  works: Partial<Record<TaskKind, TaskWork>>,
  progress: ReportProgress,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    // A second run waits here until the first is done, and then finds nothing.
    await lockOwnPanel(tx, panelId);
    const task = await taskUnderWay(tx, panelId);
    const work = task && works[task.kind];
    if (!task || !work) return;
    const report: ReportSteps = async (done) => {
      // Beside the transaction, so that it can be read before that ends.
      await db.query('UPDATE panel_task SET done = ? WHERE panel_id = ?', [done, panelId]);
      await progress({ done, of: task.total });
    };
    await tx.query('SAVEPOINT before_task');
    const outcome = await work(tx, task, report);
    if (outcome.ok) return void (await tx.delete(PanelTask, { panelId }));
    await tx.query('ROLLBACK TO SAVEPOINT before_task');
    await tx.update(PanelTask, { panelId }, failureOf(outcome.refusal, clock.now()));
  });
}

function failureOf({ code, message }: Refusal, failedAt: Date): Partial<PanelTask> {
  return { failedAt, failureCode: code, failureZh: message.zh, failureEn: message.en };
}
