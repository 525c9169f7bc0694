import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { lockLottery } from '../lottery.ts';

/** Lapses the things of a lottery that nobody collected in time. Resolves with how many. */
export function lapsePrizes({ db, clock }: Deps, lotteryId: string): Promise<number> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    await lockLottery(tx, lotteryId);
    const { affectedRows } = await tx.query(
      `UPDATE lottery_win SET state = 'lapsed', reason = '逾期未领取', settled_at = ?, settled_by = 'system'
       WHERE lottery_id = ? AND state = 'to_collect' AND collect_until <= ?`,
      [now, lotteryId, now],
    );
    return affectedRows;
  });
}
