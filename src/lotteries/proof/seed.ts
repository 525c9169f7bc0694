import { randomBytes } from 'node:crypto';
import { HASH_BYTES, sha256 } from './bytes.ts';

/** A new secret seed of a draw, 32 bytes. It is kept from everyone until the draw. */
export function newSeed(): Buffer {
  return randomBytes(HASH_BYTES);
}

/** What is published of a seed when the lottery opens, 32 bytes. It tells nothing of the seed, and no other seed fits it. */
export function seedCommitment(seed: Buffer): Buffer {
  return sha256('xingfu-seed\0', seed);
}
