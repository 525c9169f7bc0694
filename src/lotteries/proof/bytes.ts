import { createHash } from 'node:crypto';

/** The bytes of a SHA-256 hash, of a seed, of a reveal and of the drawn entropy. */
export const HASH_BYTES = 32;

/** SHA-256 over these parts, one after the other; text as UTF-8. */
export function sha256(...parts: (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** A whole number from 0 to 2^53 − 1 as eight bytes, the highest first. */
export function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** The 32 bytes that a lower-case hexadecimal text stands for. Throws when it is anything else. */
export function hash32(hex: string): Buffer {
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError(`not 32 bytes in lower-case hexadecimal: ${hex}`);
  return Buffer.from(hex, 'hex');
}
