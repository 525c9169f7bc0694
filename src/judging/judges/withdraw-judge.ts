import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { takeOff } from '../assignment/take-off.ts';
import { LONGEST_REASON } from '../limits.ts';
import { panelClosed } from '../panels/refusals.ts';
import { lockJudgeInScope } from '../scope.ts';
import { Judge } from './judge.entity.ts';
import { judgeGone, reasonMissing } from './refusals.ts';

/**
 * Takes a judge off a panel that is not closed (judging:write in its union), for a reason; audited. What she submitted
 * goes on counting; what she has not scored yet waits for another judge to be assigned. Resolves with the judge's id.
 * Refusals: JUDGE_UNKNOWN, PANEL_CLOSED, JUDGE_GONE, REASON_MISSING.
 */
export async function withdrawJudge(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { judgeId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawJudge', key, input }, async (tx, now) => {
    const seat = await lockJudgeInScope(tx, caller, input.judgeId);
    if (!seat.ok) return seat;
    const { judge, panel } = seat.value;
    if (panel.state === 'closed') return refuse(panelClosed);
    if (judge.state === 'declined' || judge.state === 'withdrawn') return refuse(judgeGone);
    const reason = input.reason.trim();
    if (reason.length < 1 || reason.length > LONGEST_REASON) return refuse(reasonMissing);
    await tx.update(Judge, { id: judge.id }, { state: 'withdrawn', withdrawnAt: now, withdrawnReason: reason });
    await takeOff(tx, panel.id, { judgeId: judge.id });
    const target = { targetKind: 'judge', targetId: judge.id, unionId: panel.unionId };
    const change = { before: { state: judge.state }, after: { state: 'withdrawn', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'withdrawJudge', ...target, ...change }, now);
    return accept(judge.id);
  });
}
