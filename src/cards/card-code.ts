import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '../platform/config.ts';
import { isId } from '../platform/ids.ts';
import { cardKey } from './card-key.ts';

const VERSION = 1;
const ID_BYTES = 26;
const NONCE_BYTES = 8;
const MAC_BYTES = 16;
const SIGNED_BYTES = 1 + 2 * ID_BYTES + 4 + 4 + NONCE_BYTES;
const CODE = new RegExp(`^[A-Za-z0-9_-]{${Math.ceil(((SIGNED_BYTES + MAC_BYTES) * 4) / 3)}}$`);

/** What a card code says, as the phone wrote it. */
export interface CardCode {
  cardId: string;
  programmeId: string;
  /** Of the card key: the unix second in which it was handed out. */
  generation: number;
  /** The unix second of the phone's clock in which the code was made. */
  madeAt: number;
  /** HMAC-SHA-256 over all that stands before it, cut to 16 bytes; two codes never share one. */
  mac: Buffer;
}

/**
 * Reads a card code (会员码): base64url, without padding, of version (1 byte, 1), card id and programme id (26 ASCII bytes
 * each), generation and unix seconds (4 bytes each, the highest first), nonce (8 bytes) and MAC (16 bytes). Returns
 * undefined unless the MAC is that of the card's key of this generation, compared in constant time; asks no database.
 */
export function openCardCode(config: Pick<Config, 'cardKey'>, text: string): CardCode | undefined {
  if (!CODE.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const signed = bytes.subarray(0, SIGNED_BYTES);
  const mac = bytes.subarray(SIGNED_BYTES);
  const cardId = signed.toString('latin1', 1, 1 + ID_BYTES);
  const programmeId = signed.toString('latin1', 1 + ID_BYTES, 1 + 2 * ID_BYTES);
  if (signed[0] !== VERSION || !isId(cardId) || !isId(programmeId)) return undefined;
  const generation = signed.readUInt32BE(1 + 2 * ID_BYTES);
  const key = cardKey(config, cardId, generation);
  const expected = createHmac('sha256', key).update(signed).digest().subarray(0, MAC_BYTES);
  if (!timingSafeEqual(mac, expected)) return undefined;
  return { cardId, programmeId, generation, madeAt: signed.readUInt32BE(5 + 2 * ID_BYTES), mac };
}
