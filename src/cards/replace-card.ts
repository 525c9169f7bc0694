import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { isLine } from '../unions/line.ts';
import { lockMemberInScope } from '../unions/scope.ts';
import type { Card } from './card.entity.ts';
import { CardIssuer } from './card-issuer.entity.ts';
import { changeState } from './change-state.ts';
import { cardStateUnfit, cardUnknown, memberNotActive, reasonMissing } from './refusals.ts';
import { cardInScope, lockCardInScope } from './scope.ts';
import { writeCards } from './write-cards.ts';

/**
 * Puts a new card with a new number in the place of one that is lost, or broken (active), of the admin's branch
 * (cards:write); the old one is over. Resolves with the new card's id; audited with the reason. A frozen card must be
 * made active or lost first: a replacement is no way round what froze it. Refusals: CARD_UNKNOWN, REASON_MISSING,
 * MEMBER_NOT_ACTIVE, CARD_STATE_UNFIT.
 */
export async function replaceCard(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { cardId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'replaceCard', key, input }, async (tx, now) => {
    const { cardId } = input;
    const reason = input.reason.trim();
    const sought = await cardInScope(tx, caller, 'cards:write', cardId);
    if (!sought.ok) return sought;
    // Members before their cards, as where cards are issued.
    const member = await lockMemberInScope(tx, caller, 'cards:write', sought.value.memberId);
    const found = await lockCardInScope(tx, caller, 'cards:write', cardId);
    if (!member.ok || !found.ok) return refuse(cardUnknown);
    if (!isLine(reason, 200)) return refuse(reasonMissing);
    const old: Card = found.value;
    if (old.state !== 'active' && old.state !== 'lost') return refuse(cardStateUnfit(old.state));
    if (member.value.state !== 'active') return refuse(memberNotActive);
    await changeState(tx, old, { state: 'replaced', actor: caller.actor, reason }, now);
    const issuer = await tx.findOneByOrFail(CardIssuer, { id: old.issuerId });
    const card = { memberId: old.memberId, replacesId: cardId, batchId: null };
    const [id] = await writeCards(tx, issuer, [card], caller.actor, now);
    const target = { targetKind: 'card', targetId: cardId, unionId: member.value.unionId };
    const change = { before: { state: old.state }, after: { state: 'replaced', replacedBy: id, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'replaceCard', ...target, ...change }, now);
    return accept(id!);
  });
}
