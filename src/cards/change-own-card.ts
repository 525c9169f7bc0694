import { act } from '../identity/act.ts';
import type { MemberCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { Card } from './card.entity.ts';
import { changeState, mayBecome } from './change-state.ts';
import { cardStateUnfit, cardUnknown, frozenByUnion } from './refusals.ts';

/** What a member may do with her own card, the state that it leads to, and how the history calls it. */
const ACTS = {
  reportCardLost: { state: 'lost', reason: '会员本人挂失' },
  freezeCard: { state: 'frozen', reason: '会员本人冻结' },
  unfreezeCard: { state: 'active', reason: '会员本人解冻' },
} as const;

/**
 * A member reports her own card lost, freezes it, or takes back her own freezing. It is refused at every counter from
 * the commit on. Resolves with the card's id, also when the state was that already. Refusals: CARD_UNKNOWN,
 * CARD_STATE_UNFIT, FROZEN_BY_UNION.
 */
export async function changeOwnCard(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  operation: keyof typeof ACTS,
  input: { cardId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation, key, input }, async (tx, now) => {
    const { cardId } = input;
    const { state, reason } = ACTS[operation];
    await tx.query('SELECT id FROM card WHERE id = ? FOR UPDATE', [cardId]);
    const card = await tx.findOneBy(Card, { id: cardId, memberId: caller.memberId });
    if (!card) return refuse(cardUnknown);
    if (card.state === state) return accept(cardId);
    // A lost card that is found again goes by the union: whoever has the phone may have the card too.
    if (!mayBecome(card.state, state) || (operation === 'unfreezeCard' && card.state !== 'frozen'))
      return refuse(cardStateUnfit(card.state));
    if (operation === 'unfreezeCard' && (await lastChanger(tx, cardId)) !== caller.actor) return refuse(frozenByUnion);
    await changeState(tx, card, { state, actor: caller.actor, reason }, now);
    return accept(cardId);
  });
}

async function lastChanger(tx: Tx, cardId: string): Promise<string | undefined> {
  const [last]: { actor: string }[] = await tx.query(
    'SELECT actor FROM card_change WHERE card_id = ? ORDER BY id DESC LIMIT 1',
    [cardId],
  );
  return last?.actor;
}
