import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { prizeLapsed, prizeNotToCollect } from '../refusals-draw.ts';
import { lockWinInScope } from './win-scope.ts';

/**
 * Writes down that a winner has collected a thing (lotteries:write); resolves with the win's id; audited.
 * Refusals: WIN_UNKNOWN, PRIZE_NOT_TO_COLLECT, PRIZE_LAPSED.
 */
export async function handOutPrize(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { winId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'handOutPrize', key, input }, async (tx, now) => {
    const found = await lockWinInScope(tx, caller, 'lotteries:write', input.winId);
    if (!found.ok) return found;
    const { win, unionId } = found.value;
    if (win.state !== 'to_collect') return refuse(prizeNotToCollect);
    if (now >= win.collectUntil!) return refuse(prizeLapsed);
    await tx.query("UPDATE lottery_win SET state = 'collected', settled_at = ?, settled_by = ? WHERE id = ?", [
      now,
      caller.actor,
      win.id,
    ]);
    const target = { targetKind: 'lottery_win', targetId: win.id, unionId };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'handOutPrize', ...target, after: { state: 'collected' } },
      now,
    );
    return accept(win.id);
  });
}
