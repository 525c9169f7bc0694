import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { isText } from '../../marketplace/text.ts';
import { withdrawNotice } from '../../notices/settle-notice.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Lottery } from '../lottery.entity.ts';
import { lockLotteryInScope } from '../lottery.ts';
import { lotteryFinal, lotteryVoid, reasonNeeded } from '../refusals.ts';

/**
 * Calls a lottery off for a reason that members will read (lotteries:write in its programme's union), while its result
 * is not final; resolves with its id; audited. Bought tickets are refunded and what was set aside goes back in the
 * background. Refusals: LOTTERY_UNKNOWN, LOTTERY_VOID, LOTTERY_FINAL, REASON_NEEDED.
 */
export async function voidLottery(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { lotteryId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'voidLottery', key, input }, async (tx, now) => {
    const { lotteryId, reason } = input;
    const found = await lockLotteryInScope(tx, caller, 'lotteries:write', lotteryId);
    if (!found.ok) return found;
    const { lottery, unionId } = found.value;
    if (lottery.state === 'void') return refuse(lotteryVoid);
    if (lottery.finalAt !== null) return refuse(lotteryFinal);
    if (!isText(reason, 300)) return refuse(reasonNeeded);
    await callOff(tx, lottery, reason, now);
    const target = { targetKind: 'lottery', targetId: lotteryId, unionId };
    const [before, after] = [{ state: lottery.state }, { state: 'void', reason }];
    await recordAudit(tx, { actor: caller.actor, action: 'voidLottery', ...target, before, after }, now);
    return accept(lotteryId);
  });
}

/**
 * Makes a lottery void that the transaction has locked and whose result is not final: its notice is withdrawn and its
 * wins are void. prepareLotteries refunds its tickets and gives back what was set aside.
 */
export async function callOff(tx: Tx, lottery: Lottery, reason: string, now: Date): Promise<void> {
  const { id, state, noticeId, finalAt } = lottery;
  const { affected } = await tx.update(
    Lottery,
    { id, state },
    { state: 'void', voidAt: now, voidReason: reason, trouble: null },
  );
  if (affected !== 1 || finalAt !== null || state === 'void') throw new Error(`the lottery ${id} cannot be void`);
  if (noticeId !== null) await withdrawNotice(tx, noticeId, reason, now);
  await tx.query("UPDATE lottery_win SET state = 'void' WHERE lottery_id = ? AND state = 'provisional'", [id]);
}
