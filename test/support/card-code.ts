import { createHmac, randomBytes } from 'node:crypto';

/** What the member door hands out as `cardKey`, as the mini-program keeps it. */
export interface KeyOnPhone {
  cardId: string;
  /** base64url of 32 bytes. */
  key: string;
  generation: number;
}

/**
 * Makes a card code as a phone does, without a network: base64url, without padding, of
 * version 1 (1 byte) · card id (26 ASCII) · programme id (26 ASCII) · generation (4 bytes, highest first) ·
 * unix seconds of the phone's clock (4 bytes, highest first) · nonce (8 random bytes) ·
 * HMAC-SHA-256 of all before it under the key (the first 16 bytes).
 */
export function makeCardCode(
  { cardId, key, generation }: KeyOnPhone,
  programmeId: string,
  phoneClock: Date,
  nonce = randomBytes(8),
): string {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(generation, 0);
  numbers.writeUInt32BE(Math.floor(phoneClock.getTime() / 1000), 4);
  const signed = Buffer.concat([Buffer.from([1]), Buffer.from(cardId + programmeId, 'latin1'), numbers, nonce]);
  const mac = createHmac('sha256', Buffer.from(key, 'base64url')).update(signed).digest().subarray(0, 16);
  return Buffer.concat([signed, mac]).toString('base64url');
}
