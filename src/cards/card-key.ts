import { createHmac } from 'node:crypto';
import type { Config } from '../platform/config.ts';

/** How long a card key is good for, in seconds. A phone asks for a new one long before. */
export const KEY_LIFE_SECONDS = 24 * 3600;

/**
 * The secret of which a phone makes a card's codes: 32 bytes, derived and never stored. `generation` is the unix second
 * in which it was handed out; from there its life is reckoned.
 */
export function cardKey({ cardKey: secret }: Pick<Config, 'cardKey'>, cardId: string, generation: number): Buffer {
  return createHmac('sha256', secret).update(`card-key:${cardId}:${generation}`).digest();
}

/** The unix second in which an instant lies. */
export function unixSecond(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
