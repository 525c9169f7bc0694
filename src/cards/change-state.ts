import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import type { Card, CardState } from './card.entity.ts';
import { unixSecond } from './card-key.ts';

/** Where each state may lead. Replacing is not here: it wants a new card. */
const WAYS: Record<CardState, readonly CardState[]> = {
  active: ['frozen', 'lost', 'cancelled'],
  frozen: ['active', 'lost', 'cancelled'],
  lost: ['active', 'cancelled'],
  replaced: [],
  cancelled: [],
};

/** Whether a card may go from one state to another by a decision alone. */
export function mayBecome(before: CardState, after: CardState): boolean {
  return WAYS[before].includes(after);
}

export interface CardStateChange {
  state: CardState;
  actor: string;
  reason: string;
}

/**
 * Gives a locked card another state and writes down by whom and why. Every card key that was handed out is void from
 * here on, so that a phone that went missing shows nothing when the card is active again.
 */
export async function changeState(
  tx: Tx,
  card: Pick<Card, 'id' | 'state'>,
  { state, actor, reason }: CardStateChange,
  now: Date,
): Promise<void> {
  // Keys of this very second may have been handed out already.
  await tx.query('UPDATE card SET state = ?, keys_from = ? WHERE id = ?', [state, unixSecond(now) + 1, card.id]);
  await tx.query(
    'INSERT INTO card_change (id, card_id, state_before, state_after, actor, reason, changed_at) VALUES (?)',
    [[newId(), card.id, card.state, state, actor, reason, now]],
  );
}
