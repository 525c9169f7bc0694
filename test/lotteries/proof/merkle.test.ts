import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CHUNK,
  chunkOf,
  growTree,
  levelsOf,
  proofHolds,
  proofOf,
  rootOf,
} from '../../../src/lotteries/proof/merkle.ts';
import { leavesOf, type Ticket } from '../../../src/lotteries/proof/ticket.ts';
import { aList, countedId, fixed, frozen, proofs } from './world.ts';

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962, section 2.1, word for word. */
function byTheBook(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (2 * k < leaves.length) k *= 2;
  return sha256(Buffer.of(1), byTheBook(leaves.slice(0, k)), byTheBook(leaves.slice(k)));
}

function split(hashes: Buffer): Buffer[] {
  return Array.from({ length: hashes.length / 32 }, (_, i) => hashes.subarray(32 * i, 32 * i + 32));
}

test('a leaf is SHA-256 over 0x00, the index, the ticket, 0x00 and the holder', () => {
  const ticket: Ticket = { ticket: `${countedId('G', 7)}-12`, holder: fixed('holder') };
  const index = 2 ** 32 + 5;
  const eight = Buffer.from([0, 0, 0, 1, 0, 0, 0, 5]);
  const expected = sha256(Buffer.of(0), eight, Buffer.from(ticket.ticket), Buffer.of(0), ticket.holder);
  expect(leavesOf(index, [ticket])).toEqual(expected);
});

test('the root is that of RFC 6962, at every length to 70 and around each border of a chunk', () => {
  const list = aList(3 * CHUNK + 2);
  const leaves = split(leavesOf(0, list));
  const borders = [CHUNK, 2 * CHUNK, 3 * CHUNK].flatMap((border) => [border - 1, border, border + 1]);
  for (const length of [...Array(71).keys(), ...borders, list.length]) {
    const { root, count, chunkRoots } = frozen(list.slice(0, length));
    expect(root, `of ${length}`).toEqual(byTheBook(leaves.slice(0, length)));
    expect(count).toBe(length);
    expect(chunkRoots.length).toBe(32 * Math.ceil(length / CHUNK));
  }
});

test('a tree grows the same in whatever parts its list comes', () => {
  const list = aList(2 * CHUNK + 77);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 300 }), { maxLength: 6 }), (parts) => {
      const tree = growTree();
      let from = 0;
      for (const part of [...parts, list.length]) {
        tree.add(list.slice(from, from + part));
        from += part;
      }
      expect(tree.finish()).toEqual(frozen(list));
    }),
    { numRuns: 20 },
  );
});

test('the root over whole subtrees of any power of two is the root over all leaves', () => {
  const leaves = leavesOf(0, aList(1500));
  for (const size of [2, 64, 1024]) {
    const roots = [];
    for (let at = 0; at < leaves.length; at += size * 32) roots.push(rootOf(leaves.subarray(at, at + size * 32)));
    expect(rootOf(Buffer.concat(roots))).toEqual(rootOf(leaves));
  }
});

test('the proof of each ticket holds, and at no other index, for no other ticket, against no other root or count of another depth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 700 }), fc.nat(), fc.nat(), (count, one, two) => {
      const list = aList(count);
      const [index, other] = [one % count, two % count];
      const leaves = split(leavesOf(0, list));
      const { root } = frozen(list);
      const proof = proofs(list, [index]).get(index)!;
      expect(proofHolds(leaves[index]!, index, count, proof, root)).toBe(true);
      expect(proofHolds(leaves[index]!, index, count, proof, fixed('root'))).toBe(false);
      expect(proofHolds(leaves[index]!, index, 2 * count, proof, root)).toBe(false);
      expect(proofHolds(leaves[index]!, index, index, proof, root)).toBe(false);
      expect(proofHolds(leaves[index]!, index, count, [...proof, root], root)).toBe(false);
      expect(proofHolds(leaves[index]!, index, count, proof.slice(1), root)).toBe(false);
      expect(proofHolds(leaves[index]!, index, count, proof.with(0, proof[0]!.subarray(1)), root)).toBe(false);
      fc.pre(index !== other);
      expect(proofHolds(leaves[other]!, index, count, proof, root)).toBe(false);
      expect(proofHolds(leaves[index]!, other, count, proof, root)).toBe(false);
    }),
    { numRuns: 30 },
  );
});

test('every ticket of a list has its proof', () => {
  const list = aList(CHUNK + 3);
  const { root } = frozen(list);
  const leaves = split(leavesOf(0, list));
  for (const [index, proof] of proofs(list, [...list.keys()]))
    expect(proofHolds(leaves[index]!, index, list.length, proof, root), `at ${index}`).toBe(true);
});

test('no proof is made from tickets that were changed after the freeze', () => {
  const list = aList(CHUNK + 10);
  const top = levelsOf(frozen(list).chunkRoots);
  const { first } = chunkOf(CHUNK + 2);
  const chunk = list.slice(first);
  expect(() => proofOf(CHUNK + 2, levelsOf(leavesOf(first, chunk)), top)).not.toThrow();
  expect(() => proofOf(CHUNK + 2, levelsOf(leavesOf(first, chunk.slice(1))), top)).toThrow(
    'not those that were frozen',
  );
  const swapped = chunk.with(0, chunk[1]!).with(1, chunk[0]!);
  expect(() => proofOf(CHUNK + 2, levelsOf(leavesOf(first, swapped)), top)).toThrow('not those that were frozen');
});
