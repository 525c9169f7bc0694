import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { isText } from '../../marketplace/text.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { LONGEST_REASON } from '../limits.ts';
import { lockLotteryInScope } from '../lottery.ts';
import { reasonNeeded } from '../refusals.ts';
import { notInNotice } from '../refusals-draw.ts';
import { publishWinners } from './notice-winners.ts';

/**
 * Publishes the winners of a lottery in notice anew, with names and unions as they are today (lotteries:write); resolves
 * with the lottery's id; audited. It answers the objections that were upheld and takes no win away; where they keep the
 * winners of a second draw from being published, it publishes those too. The period begins anew. Refusals:
 * LOTTERY_UNKNOWN, REASON_NEEDED, NOT_IN_NOTICE.
 */
export async function renewWinnersNotice(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { lotteryId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'renewWinnersNotice', key, input }, async (tx, now) => {
    const { lotteryId, reason } = input;
    const found = await lockLotteryInScope(tx, caller, 'lotteries:write', lotteryId);
    if (!found.ok) return found;
    const { lottery, unionId } = found.value;
    if (!isText(reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const isHeldUp = lottery.state === 'drawn' && lottery.noticeId !== null;
    if (lottery.state !== 'in_notice' && !isHeldUp) return refuse(notInNotice);
    await publishWinners(tx, lottery, caller.actor, now);
    const target = { targetKind: 'lottery', targetId: lotteryId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'renewWinnersNotice', ...target, after: { reason } }, now);
    return accept(lotteryId);
  });
}
