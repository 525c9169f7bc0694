import { type EntityManager, In, IsNull } from 'typeorm';
import type { Tx } from '../../platform/db/transaction.ts';
import { PanelTask } from './panel-task.entity.ts';

/** What a panel waits for; null when nothing is under way. */
export function taskUnderWay(db: EntityManager, panelId: string): Promise<PanelTask | null> {
  return db.findOneBy(PanelTask, { panelId, failedAt: IsNull() });
}

/** What these panels wait for, and what could not be done for them. */
export function tasksOf(db: EntityManager, panelIds: readonly string[]): Promise<PanelTask[]> {
  return db.findBy(PanelTask, { panelId: In([...panelIds]) });
}

export type NewTask = Pick<PanelTask, 'panelId' | 'kind' | 'input' | 'askedBy' | 'total'>;

/**
 * Writes down what a job is to do for a panel for which nothing is under way; the caller wakes the job in the same
 * transaction. Of two that ask at once the second is tried again, and finds the first.
 */
export async function askForTask(tx: Tx, task: NewTask, now: Date): Promise<void> {
  await tx.query('DELETE FROM panel_task WHERE panel_id = ? AND failed_at IS NOT NULL', [task.panelId]);
  await tx.insert(PanelTask, { ...task, askedAt: now, done: 0 });
}
