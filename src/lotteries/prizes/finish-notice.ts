import { settleNotice, upheldObjections } from '../../notices/settle-notice.ts';
import { addDays, beijingDay, endOfDay } from '../../platform/clock.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Lottery } from '../lottery.entity.ts';
import { lockLottery } from '../lottery.ts';
import { setTrouble } from '../set-trouble.ts';

/**
 * Makes a lottery final once its notice is: points and vouchers that were won fall due, and things can be collected for
 * the days that the lottery says, tomorrow being the first. While an objection that was upheld has no answer it has the
 * trouble objection_upheld. Whether it has become final.
 */
export function finishNotice({ db, clock }: Deps, lotteryId: string): Promise<boolean> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'in_notice') return false;
    if ((await settleNotice(tx, lottery.noticeId!, now)) !== 'final') {
      await tellOfObjections(tx, lottery);
      return false;
    }
    const collectUntil = endOfDay(addDays(beijingDay(now), lottery.collectDays));
    await tx.query(
      `UPDATE lottery_win w JOIN lottery_prize p ON p.lottery_id = w.lottery_id AND p.number = w.prize_number
       SET w.state = IF(p.kind = 'goods', 'to_collect', 'due'), w.collect_until = IF(p.kind = 'goods', ?, NULL)
       WHERE w.lottery_id = ? AND w.state = 'provisional'`,
      [collectUntil, lotteryId],
    );
    await tx.query("UPDATE lottery SET state = 'final', final_at = ?, trouble = NULL WHERE id = ?", [now, lotteryId]);
    return true;
  });
}

async function tellOfObjections(tx: Tx, { id, noticeId, trouble }: Lottery): Promise<void> {
  const now = (await upheldObjections(tx, noticeId!)).length > 0 ? 'objection_upheld' : null;
  if (now !== trouble) await setTrouble(tx, id, now);
}
