import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { post } from '../../ledger/post.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { adjustmentProposal, postingRefused } from './adjustment-proposal.ts';
import { lockWaiting, memberOnRoll } from './adjustment-scope.ts';

/**
 * Confirms, as the second admin (points:adjust), an adjustment that waits, and posts it. Resolves with its id; audited.
 * Refusals: those of `lockWaiting`, MEMBER_UNKNOWN, MEMBER_LEFT, NOT_ENOUGH_POINTS, OVER_BUDGET.
 */
export async function confirmAdjustment(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  { adjustmentId }: { adjustmentId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'confirmAdjustment', key, input: { adjustmentId } }, async (tx, now) => {
    const found = await lockWaiting(tx, caller, adjustmentId);
    if (!found.ok) return found;
    const { adjustment, programme } = found.value;
    const member = await memberOnRoll(tx, programme, adjustment.memberId);
    if (!member.ok) return refuse({ ...member.refusal, at: 'adjustmentId' });
    const [posted] = await post(tx, [adjustmentProposal(adjustment, programme, now)], now);
    if (!posted!.ok) return refuse(postingRefused(posted!.refusal));
    await tx.query(
      "UPDATE adjustment SET state = 'posted', decided_by = ?, decided_at = ?, transfer_id = ? WHERE id = ?",
      [caller.actor, now, posted!.value.transferId, adjustmentId],
    );
    const target = { targetKind: 'adjustment', targetId: adjustmentId, unionId: programme.unionId };
    const change = { before: { state: 'waiting' }, after: { state: 'posted' } };
    await recordAudit(tx, { actor: caller.actor, action: 'confirmAdjustment', ...target, ...change }, now);
    return accept(adjustmentId);
  });
}
