import type { Tx } from '../../platform/db/transaction.ts';
import type { ClaimStep } from './claim-step.entity.ts';

/** A step to be written; a return has a reason. */
export interface NewStep extends Pick<ClaimStep, 'claimId' | 'action' | 'actor'> {
  reason?: string;
}

/** Writes the next step into the history of a claim that this transaction made or locked. */
export async function addStep(tx: Tx, { claimId, action, actor, reason }: NewStep, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO claim_step (claim_id, number, action, actor, reason, taken_at)
     SELECT ?, COALESCE(MAX(number), 0) + 1, ?, ?, ?, ? FROM claim_step WHERE claim_id = ?`,
    [claimId, action, actor, reason ?? null, now, claimId],
  );
}
