import { newId } from '../ids.ts';
import type { JobDefinition } from '../jobs.ts';
import type { Tx } from './transaction.ts';

/**
 * Asks for background work in the transaction that causes it: nothing leaves before the commit and nothing is lost
 * after it. The row stays until the job has done its work, so wiping Redis loses no job.
 */
export async function enqueue<P>(tx: Tx, job: JobDefinition<P>, payload: P, now: Date): Promise<void> {
  await tx.query('INSERT INTO outbox (id, job, payload, created_at) VALUES (?, ?, ?, ?)', [
    newId(),
    job.name,
    JSON.stringify(job.payload.parse(payload)),
    now,
  ]);
}
