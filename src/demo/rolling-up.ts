import type { DataSource } from 'typeorm';
import { rollUpFiguresDefinition } from '../marketplace/figures/job-definitions.ts';
import { enqueue } from '../platform/db/outbox.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { askUntil, type Client, jobLate } from './client.ts';

const JOB_SECONDS = 60;

/**
 * Wakes the job that counts the union's figures, which by itself comes every few minutes, and waits until they hold all
 * that has been entered. Throws when that takes more than a minute.
 */
export async function rollUpAndWait(db: DataSource, admin: Client, programmeId: string): Promise<void> {
  const entered = new Date();
  await inTransaction(db, (tx) => enqueue(tx, rollUpFiguresDefinition, {}, entered));
  const asOf = async () => {
    const { figures } = await admin.ask<{ figures: { asOf: string | null } | null }>(
      `query ($programmeId: Id!, $month: String!) {
        figures(programmeId: $programmeId, from: $month, until: $month, by: MONTH) { asOf }
      }`,
      { programmeId, month: '2026-01' },
    );
    return figures?.asOf ?? '';
  };
  const isDone = (seen: string) => seen >= entered.toISOString();
  if (!isDone(await askUntil(asOf, isDone, JOB_SECONDS))) throw new Error(jobLate('统计数字 figures', JOB_SECONDS));
}
