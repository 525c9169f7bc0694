import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingMonth } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { lockLotteryInScope } from '../lottery.ts';
import { lotteryOpened, lotteryVoid } from '../refusals.ts';
import { type LotteryAsked, wrongLottery } from './create-lottery.ts';
import { lotteryAsked } from './set-up-queries.ts';
import { rewriteLottery } from './write-lottery.ts';

/**
 * Sets up a draft anew, all of it (lotteries:write in its programme's union); resolves with its id; audited. One that
 * came from a template stays that of its month. Refusals: LOTTERY_UNKNOWN, LOTTERY_OPENED, LOTTERY_VOID, those of
 * wrongLottery.
 */
export async function changeLottery(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: LotteryAsked & { lotteryId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeLottery', key, input }, async (tx, now) => {
    const { lotteryId, ...asked } = input;
    const found = await lockLotteryInScope(tx, caller, 'lotteries:write', lotteryId);
    if (!found.ok) return found;
    const { lottery, unionId } = found.value;
    if (lottery.state === 'void') return refuse(lotteryVoid);
    if (lottery.state !== 'draft') return refuse(lotteryOpened);
    const wrong = await wrongLottery(tx, lottery.programmeId, asked, now);
    if (wrong) return refuse(wrong);
    const before = await lotteryAsked(tx, lottery);
    const month = lottery.templateId === null ? beijingMonth(asked.drawsAt) : lottery.month;
    await rewriteLottery(tx, lotteryId, { ...asked, month });
    const target = { targetKind: 'lottery', targetId: lotteryId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'changeLottery', ...target, before, after: asked }, now);
    return accept(lotteryId);
  });
}
