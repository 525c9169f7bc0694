import { hash } from 'node:crypto';
import { HASH_BYTES, sha256 } from './bytes.ts';
import { type Ticket, writeLeaf } from './ticket.ts';

/**
 * Tickets of a chunk. A power of two, so that each chunk is a whole subtree, whose root is kept: the proof of a ticket
 * needs its own chunk and the roots of the others. Small, since the proofs of a thousand winners need a thousand chunks.
 */
export const CHUNK = 256;

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** Writes SHA-256 over 0x01 and the two hashes that stand from `from` in `hashes`. */
function writeParent(into: Buffer, at: number, hashes: Buffer, from: number): void {
  hashes.copy(pair, 1, from, from + 2 * HASH_BYTES);
  into.write(hash('sha256', pair, 'binary'), at, HASH_BYTES, 'latin1');
}

/** The level above: each two neighbours make a parent, and one that is left over moves up as it is. */
function writeLevel(into: Buffer, hashes: Buffer, count: number): number {
  for (let i = 0; i + 1 < count; i += 2) writeParent(into, (i / 2) * HASH_BYTES, hashes, i * HASH_BYTES);
  if (count % 2 === 1) hashes.copy(into, ((count - 1) / 2) * HASH_BYTES, (count - 1) * HASH_BYTES, count * HASH_BYTES);
  return Math.ceil(count / 2);
}

/**
 * The Merkle root, as RFC 6962 makes it, over hashes that stand one after the other, 32 bytes each: the leaves of a
 * chunk, or the roots of all chunks, of which the last may be short. That of none is SHA-256 of nothing.
 */
export function rootOf(hashes: Buffer): Buffer {
  let count = hashes.length / HASH_BYTES;
  if (count === 0) return sha256();
  const level = Buffer.from(hashes);
  while (count > 1) count = writeLevel(level, level, count);
  return Buffer.from(level.subarray(0, HASH_BYTES));
}

/** Every level of the tree over these hashes, the hashes themselves first and the root last. */
export function levelsOf(hashes: Buffer): Buffer[] {
  const levels = [hashes];
  for (let below = hashes; below.length > HASH_BYTES; below = levels.at(-1)!) {
    const count = below.length / HASH_BYTES;
    const level = Buffer.allocUnsafe(Math.ceil(count / 2) * HASH_BYTES);
    writeLevel(level, below, count);
    levels.push(level);
  }
  return levels;
}

/** The neighbours that a hash meets on its way up, the lowest first; where it has none at a level, none is listed. */
function pathIn(levels: readonly Buffer[], index: number): Buffer[] {
  return levels.slice(0, -1).flatMap((level, height) => {
    const place = Math.floor(index / 2 ** height);
    const from = (place % 2 === 0 ? place + 1 : place - 1) * HASH_BYTES;
    return from < level.length ? [Buffer.from(level.subarray(from, from + HASH_BYTES))] : [];
  });
}

/** The chunk in which a ticket stands: its number, from 0, and the index of its first ticket. */
export function chunkOf(index: number): { number: number; first: number } {
  const number = Math.floor(index / CHUNK);
  return { number, first: number * CHUNK };
}

/**
 * The proof that a ticket stands at its index in the frozen list: the hashes from its neighbour up to the root. Takes
 * the levels over the leaves of its chunk and those over the roots of all chunks (`levelsOf`, made once for many
 * proofs). Throws when the chunk is not the one that was frozen: its tickets were changed afterwards.
 */
export function proofOf(index: number, within: readonly Buffer[], top: readonly Buffer[]): Buffer[] {
  const { number, first } = chunkOf(index);
  const frozen = top[0]!.subarray(number * HASH_BYTES, (number + 1) * HASH_BYTES);
  if (!within.at(-1)!.equals(frozen)) throw new Error(`the tickets from ${first} on are not those that were frozen`);
  return [...pathIn(within, index - first), ...pathIn(top, number)];
}

/** Whether a proof shows that a leaf stands at this index, from 0, in the list of `count` tickets that has this root. */
export function proofHolds(
  leaf: Buffer,
  index: number,
  count: number,
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= count) return false;
  let [reached, place, width, used] = [leaf, index, count, 0];
  for (; width > 1; place = Math.floor(place / 2), width = Math.ceil(width / 2)) {
    if (place % 2 === 0 && place + 1 === width) continue;
    const neighbour = proof[used++];
    if (neighbour?.length !== HASH_BYTES) return false;
    const two = place % 2 === 0 ? [reached, neighbour] : [neighbour, reached];
    reached = sha256('\x01', ...two);
  }
  return used === proof.length && reached.equals(root);
}

/** What a freeze publishes and keeps. */
export interface FrozenTree {
  root: Buffer;
  /** How many tickets there are. */
  count: number;
  /** The roots of the chunks, 32 bytes each: 125 kB for a million tickets. */
  chunkRoots: Buffer;
}

export interface GrowingTree {
  /** Adds the next tickets of the list, in its order, as many as one likes. */
  add(tickets: Iterable<Ticket>): void;
  /** The tree over all tickets that were added; nothing can be added afterwards. */
  finish(): FrozenTree;
}

/** Builds the tree of a list that is read in parts: only the chunk at hand and the roots of the others are in memory. */
export function growTree(): GrowingTree {
  const chunk = Buffer.alloc(CHUNK * HASH_BYTES);
  const roots: Buffer[] = [];
  let count = 0;
  const closeChunk = (length: number) => {
    if (length > 0) roots.push(rootOf(chunk.subarray(0, length * HASH_BYTES)));
  };
  return {
    add(tickets) {
      for (const ticket of tickets) {
        writeLeaf(chunk, (count % CHUNK) * HASH_BYTES, count, ticket);
        count += 1;
        if (count % CHUNK === 0) closeChunk(CHUNK);
      }
    },
    finish() {
      closeChunk(count % CHUNK);
      const chunkRoots = Buffer.concat(roots);
      return { root: rootOf(chunkRoots), count, chunkRoots };
    },
  };
}
