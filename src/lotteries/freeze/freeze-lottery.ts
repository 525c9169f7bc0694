import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { lockLottery } from '../lottery.ts';
import { PARTIES_AT_LEAST } from '../proof/reveals.ts';
import { setTrouble } from '../set-trouble.ts';

/**
 * Freezes an open lottery whose instant for it has come: from the commit on nobody buys a ticket. It stays open, with
 * the trouble parties_missing, while a party that is to reveal has not committed itself. Whether it was frozen.
 */
export function freezeLottery({ db, clock }: Deps, lotteryId: string): Promise<boolean> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'open' || now < lottery.freezesAt) return false;
    if (lottery.entropy === 'reveals' && !(await haveAllCommitted(tx, lotteryId, 1))) {
      await setTrouble(tx, lotteryId, 'parties_missing');
      return false;
    }
    await tx.query("UPDATE lottery SET state = 'frozen', frozen_at = ?, trouble = NULL WHERE id = ?", [now, lotteryId]);
    return true;
  });
}

/** Whether every party of a draw has published its commitment, and there are enough of them. */
export async function haveAllCommitted(tx: Tx, lotteryId: string, drawNumber: number): Promise<boolean> {
  const [row]: { parties: string; committed: string }[] = await tx.query(
    'SELECT COUNT(*) AS parties, COUNT(commitment) AS committed FROM lottery_party WHERE lottery_id = ? AND draw_number = ?',
    [lotteryId, drawNumber],
  );
  return Number(row!.parties) >= PARTIES_AT_LEAST && Number(row!.committed) === Number(row!.parties);
}
