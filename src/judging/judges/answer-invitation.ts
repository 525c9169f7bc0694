import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { lockPanel } from '../panels/lock-panel.ts';
import { panelClosed } from '../panels/refusals.ts';
import { lockOwnSeat } from '../scope.ts';
import { Judge } from './judge.entity.ts';
import { invitationSettled } from './refusals.ts';

/**
 * Accepts or declines the caller's own invitation to a panel that is not closed; audited. Resolves with the panel's id.
 * Refusals: PERSON_NEEDED, PANEL_UNKNOWN, PANEL_BUSY, PANEL_CLOSED, INVITATION_SETTLED.
 */
export async function answerInvitation(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { panelId: string; accept: boolean },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'answerInvitation', key, input }, async (tx, now) => {
    const seat = await lockOwnSeat(tx, caller, input.panelId, lockPanel);
    if (!seat.ok) return seat;
    const { judge, panel } = seat.value;
    if (panel.state === 'closed') return refuse(panelClosed);
    if (judge.state !== 'invited') return refuse(invitationSettled);
    const state = input.accept ? 'accepted' : 'declined';
    await tx.update(Judge, { id: judge.id }, { state, answeredAt: now });
    const target = { targetKind: 'judge', targetId: judge.id, unionId: panel.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'answerInvitation', ...target, after: { state } }, now);
    return accept(panel.id);
  });
}
