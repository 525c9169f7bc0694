import type { AdminCaller } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { type LotteryInScope, lockLotteryInScope } from '../lottery.ts';
import { winUnknown } from '../refusals-draw.ts';
import { LotteryWin } from './lottery-win.entity.ts';

/**
 * A win with its lottery locked, when the admin holds the permission in the union of the lottery's programme: a win only
 * changes under the lock of its lottery. Refusal: WIN_UNKNOWN.
 */
export async function lockWinInScope(
  tx: Tx,
  caller: AdminCaller,
  permission: string,
  winId: string,
): Promise<Result<LotteryInScope & { win: LotteryWin }>> {
  const seen = await tx.findOneBy(LotteryWin, { id: winId });
  const found = seen && (await lockLotteryInScope(tx, caller, permission, seen.lotteryId));
  if (!found?.ok) return refuse(winUnknown);
  return accept({ ...found.value, win: await tx.findOneByOrFail(LotteryWin, { id: winId }) });
}
