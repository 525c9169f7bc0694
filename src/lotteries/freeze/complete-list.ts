import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Lottery } from '../lottery.entity.ts';
import { lockLottery } from '../lottery.ts';
import { giveTickets } from '../tickets/give-tickets.ts';
import { recentWinners } from '../tickets/recent-winners.ts';

/**
 * Completes the list of a frozen lottery: gives the tickets that came late, and leaves out who is not active any more,
 * who won lately, and what was taken back since it was given. From the commit on the list stands still, whoever reads
 * it and however late. Whether it was completed.
 */
export async function completeList(deps: Deps, lotteryId: string): Promise<boolean> {
  const { db, clock } = deps;
  await giveTickets(deps, lotteryId);
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'frozen' || lottery.listedAt !== null) return false;
    await leaveOut(tx, lottery);
    await tx.query('UPDATE lottery SET listed_at = ? WHERE id = ?', [clock.now(), lotteryId]);
    return true;
  });
}

async function leaveOut(tx: Tx, lottery: Lottery): Promise<void> {
  await tx.query(
    `UPDATE lottery_grant g JOIN member m ON m.id = g.member_id SET g.left_out = 'not_active'
     WHERE g.lottery_id = ? AND g.left_out IS NULL AND m.state <> 'active'`,
    [lottery.id],
  );
  await tx.query(
    `UPDATE lottery_grant g JOIN accrual a ON a.id = g.cause SET g.left_out = 'revoked'
     WHERE g.lottery_id = ? AND g.source = 'rule' AND g.left_out IS NULL AND a.revocation_id <> ''`,
    [lottery.id],
  );
  const winners = await recentWinners(tx, lottery);
  if (winners.size === 0) return;
  await tx.query(
    "UPDATE lottery_grant SET left_out = 'won_lately' WHERE lottery_id = ? AND left_out IS NULL AND member_id IN (?)",
    [lottery.id, [...winners]],
  );
}
