import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { isLine } from '../unions/line.ts';
import { findMembers } from '../unions/queries.ts';
import type { CardState } from './card.entity.ts';
import { changeState, mayBecome } from './change-state.ts';
import { cardStateUnfit, reasonMissing } from './refusals.ts';
import { lockCardInScope } from './scope.ts';

/**
 * Freezes a card of the admin's branch (cards:write), marks it lost, makes it active again, or cancels it for good;
 * audited with the reason. Resolves with the card's id, also when the state was that already. Refusals: CARD_UNKNOWN,
 * REASON_MISSING, CARD_STATE_UNFIT.
 */
export async function setCardState(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { cardId: string; state: CardState; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setCardState', key, input }, async (tx, now) => {
    const { cardId, state } = input;
    const reason = input.reason.trim();
    const found = await lockCardInScope(tx, caller, 'cards:write', cardId);
    if (!found.ok) return found;
    if (!isLine(reason, 200)) return refuse(reasonMissing);
    const { state: before, memberId } = found.value;
    if (before === state) return accept(cardId);
    if (!mayBecome(before, state)) return refuse(cardStateUnfit(before));
    await changeState(tx, found.value, { state, actor: caller.actor, reason }, now);
    const [member] = await findMembers(tx, [memberId]);
    const target = { targetKind: 'card', targetId: cardId, unionId: member?.unionId };
    const change = { before: { state: before }, after: { state, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'setCardState', ...target, ...change }, now);
    return accept(cardId);
  });
}
