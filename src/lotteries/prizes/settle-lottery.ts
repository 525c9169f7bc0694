import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import type { Lottery } from '../lottery.entity.ts';
import { lockLottery, lockLotteryInScope } from '../lottery.ts';
import { lotterySettled, winsWaiting } from '../refusals-draw.ts';
import { WAITING } from './lottery-win.entity.ts';
import { releaseReserve } from './release-reserve.ts';

/** So long a place that was not given can be drawn again before its points go back. */
const DRAW_AGAIN_MS = 7 * 86_400_000;

/**
 * Settles a final lottery of which every prize has come to its end: what is left of its points goes back to the budget
 * and its unused pieces to stock. Where a place was not given, only a week later, so that it can be drawn again
 * before. Whether it was settled.
 */
export function settleWhenDone({ db, clock }: Deps, lotteryId: string): Promise<boolean> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (!lottery || lottery.settledAt !== null || (await isWaiting(tx, lottery))) return false;
    const lastLost = await lastLostAt(tx, lotteryId);
    if (lastLost !== null && now.getTime() < lastLost.getTime() + DRAW_AGAIN_MS) return false;
    await settle(tx, lottery, now);
    return true;
  });
}

/**
 * Settles a lottery at once, without the week in which a place could be drawn again (lotteries:write); resolves with
 * the lottery's id; audited. Refusals: LOTTERY_UNKNOWN, LOTTERY_SETTLED, WINS_WAITING.
 */
export async function settleLottery(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { lotteryId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'settleLottery', key, input }, async (tx, now) => {
    const found = await lockLotteryInScope(tx, caller, 'lotteries:write', input.lotteryId);
    if (!found.ok) return found;
    const { lottery, unionId } = found.value;
    if (lottery.settledAt !== null) return refuse(lotterySettled);
    if (await isWaiting(tx, lottery)) return refuse(winsWaiting);
    await settle(tx, lottery, now);
    const target = { targetKind: 'lottery', targetId: lottery.id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'settleLottery', ...target, after: { settled: true } }, now);
    return accept(lottery.id);
  });
}

async function settle(tx: Tx, lottery: Lottery, now: Date): Promise<void> {
  await releaseReserve(tx, lottery, now);
  await tx.query('UPDATE lottery SET settled_at = ? WHERE id = ?', [now, lottery.id]);
}

/** Whether something of it is still to come: its end, a prize, or the refund of a ticket that was left out. */
async function isWaiting(tx: Tx, { id, state }: Lottery): Promise<boolean> {
  if (state !== 'final') return true;
  const [row] = await tx.query(
    `SELECT EXISTS (SELECT 1 FROM lottery_win WHERE lottery_id = ? AND state IN (?))
       OR EXISTS (SELECT 1 FROM lottery_grant
                  WHERE lottery_id = ? AND source = 'bought' AND left_out IS NOT NULL AND refunded_at IS NULL) AS waits`,
    [id, WAITING, id],
  );
  return Number(row.waits) === 1;
}

/** When the last place was lost that nobody has been given instead. */
async function lastLostAt(tx: Tx, lotteryId: string): Promise<Date | null> {
  const [row]: { at: Date | null }[] = await tx.query(
    `SELECT MAX(settled_at) AS at FROM lottery_win
     WHERE lottery_id = ? AND state IN ('lapsed', 'disqualified') AND drawn_again IS NULL`,
    [lotteryId],
  );
  return row!.at;
}
