import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { isText } from '../../marketplace/text.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { LONGEST_REASON } from '../limits.ts';
import { reasonNeeded } from '../refusals.ts';
import { winSettled } from '../refusals-draw.ts';
import { WAITING } from './lottery-win.entity.ts';
import { publishAnswered } from './notice-winners.ts';
import { lockWinInScope } from './win-scope.ts';

/**
 * Takes a win away that was not paid or collected yet, as when an objection was upheld (lotteries:write); resolves with
 * the win's id; audited. While the result is in notice the list without it is published as a new version, with a period
 * of its own: at once, or when other objections that were upheld are answered too. The place can be drawn again. A win
 * that was in no notice yet cannot be taken away. Refusals: WIN_UNKNOWN, REASON_NEEDED, WIN_SETTLED.
 */
export async function disqualifyWinner(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { winId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'disqualifyWinner', key, input }, async (tx, now) => {
    const { winId, reason } = input;
    const found = await lockWinInScope(tx, caller, 'lotteries:write', winId);
    if (!found.ok) return found;
    const { win, lottery, unionId } = found.value;
    if (!isText(reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const isUnseen = lottery.state === 'drawn' && win.drawNumber === lottery.drawNumber;
    if (!WAITING.includes(win.state) || isUnseen) return refuse(winSettled);
    await tx.query(
      "UPDATE lottery_win SET state = 'disqualified', reason = ?, settled_at = ?, settled_by = ? WHERE id = ?",
      [reason, now, caller.actor, winId],
    );
    if (lottery.state === 'in_notice' || lottery.state === 'drawn') {
      await publishAnswered(tx, lottery, caller.actor, now);
    }
    const target = { targetKind: 'lottery_win', targetId: winId, unionId };
    const change = { before: { state: win.state }, after: { state: 'disqualified', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'disqualifyWinner', ...target, ...change }, now);
    return accept(winId);
  });
}
