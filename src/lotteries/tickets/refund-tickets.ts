import { reverse } from '../../ledger/post.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ReportProgress } from '../../platform/jobs.ts';

const GRANTS_AT_ONCE = 500;

interface Grant {
  id: string;
  transferId: string;
}

/**
 * Refunds tickets that were bought and take no part: all of them when the lottery is void, else those of grants that
 * were left out. In batches; a grant is refunded once, however often and on however many machines this runs. The points
 * go back to the lots that they came from. Resolves with the number of grants refunded.
 */
export async function refundTickets(
  { db, clock }: Deps,
  lotteryId: string,
  progress?: ReportProgress,
): Promise<number> {
  let refunded = 0;
  for (let after = ''; ; ) {
    const batch = await inTransaction(db, (tx) => refundBatch(tx, lotteryId, after, clock.now()));
    if (batch.length === 0) return refunded;
    after = batch.at(-1)!.id;
    refunded += batch.length;
    await progress?.({ done: refunded });
  }
}

async function refundBatch(tx: Tx, lotteryId: string, after: string, now: Date): Promise<Grant[]> {
  const grants: Grant[] = await tx.query(
    `SELECT g.id, g.transfer_id AS transferId FROM lottery_grant g
     WHERE g.lottery_id = ? AND g.id > ? AND g.source = 'bought' AND g.refunded_at IS NULL
       AND (g.left_out IS NOT NULL OR EXISTS (SELECT 1 FROM lottery l WHERE l.id = ? AND l.state = 'void'))
     ORDER BY g.id LIMIT ? FOR UPDATE`,
    [lotteryId, after, lotteryId, GRANTS_AT_ONCE],
  );
  if (grants.length === 0) return [];
  const reversals = grants.map(({ id, transferId }) => ({ transferId, causeId: id }));
  for (const outcome of await reverse(tx, reversals, now)) {
    if (!outcome.ok) throw new Error(`the prizes account cannot refuse, and did: ${outcome.refusal.code}`);
  }
  await tx.query('UPDATE lottery_grant SET refunded_at = ? WHERE lottery_id = ? AND id IN (?)', [
    now,
    lotteryId,
    grants.map(({ id }) => id),
  ]);
  return grants;
}
