import type { MemberCaller } from '../identity/caller.ts';
import type { Deps } from '../platform/deps.ts';
import { Card } from './card.entity.ts';
import { cardKey, KEY_LIFE_SECONDS, unixSecond } from './card-key.ts';

/** A card key as a phone gets it. */
export interface HandedOutKey {
  cardId: string;
  /** base64url of 32 bytes. */
  key: string;
  generation: number;
  expiresAt: Date;
  /** The server's clock, by which a phone finds out that its own is off. */
  serverTime: Date;
}

/** A new key of the member's own card, good for 24 hours; null when the card is not hers or not active. One statement. */
export async function handOutKey(
  { db, config, clock }: Deps,
  { memberId }: MemberCaller,
  cardId: string,
): Promise<HandedOutKey | null> {
  const card = await db.manager.findOneBy(Card, { id: cardId, memberId, state: 'active' });
  if (!card) return null;
  const serverTime = clock.now();
  // Never older than the card's last change of state, which made all keys before it void.
  const generation = Math.max(unixSecond(serverTime), Number(card.keysFrom));
  const key = cardKey(config, cardId, generation).toString('base64url');
  return { cardId, key, generation, expiresAt: new Date((generation + KEY_LIFE_SECONDS) * 1000), serverTime };
}
