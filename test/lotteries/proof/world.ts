import { createHash } from 'node:crypto';
import {
  ALGORITHM,
  ANNOUNCEMENT_FORMAT,
  type Announcement,
  type Prize,
} from '../../../src/lotteries/proof/announcement.ts';
import { QUICKNET } from '../../../src/lotteries/proof/drand.ts';
import { draw, type TicketsAt } from '../../../src/lotteries/proof/draw.ts';
import { type Entropy, sourceOf } from '../../../src/lotteries/proof/entropy.ts';
import { CHUNK, chunkOf, growTree, levelsOf, proofOf } from '../../../src/lotteries/proof/merkle.ts';
import { revealCommitment } from '../../../src/lotteries/proof/reveals.ts';
import { seedCommitment } from '../../../src/lotteries/proof/seed.ts';
import { holderOf, leavesOf, type Ticket, ticketName } from '../../../src/lotteries/proof/ticket.ts';
import { type Transcript, transcriptOf } from '../../../src/lotteries/proof/transcript.ts';

export const LOTTERY = '01J8DRAW000000000000000000';

/** Round 657413 of quicknet, made on 2023-09-15 at 11:00:03 UTC. */
export const ROUND = {
  chain: QUICKNET.chain,
  round: 657413,
  signature: 'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
  randomness: 'fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587',
};

/** 32 bytes that a test can name. */
export function fixed(name: string | number): Buffer {
  return createHash('sha256').update(`fixed ${name}`).digest();
}

/** An id that a test can count. */
export function countedId(kind: string, n: number): string {
  return `01J8${kind}${String(n).padStart(22 - kind.length, '0')}`;
}

/** The frozen list: `perMember` tickets for each of so many members. */
export function aList(members: number, perMember = 1): Ticket[] {
  return Array.from({ length: members }, (_, m) => {
    const holder = holderOf(LOTTERY, countedId('M', m));
    return Array.from({ length: perMember }, (_, k) => ({ ticket: ticketName(countedId('G', m), k + 1), holder }));
  }).flat();
}

export function frozen(list: readonly Ticket[]) {
  const tree = growTree();
  tree.add(list);
  return tree.finish();
}

export function lookUp(list: readonly Ticket[]): TicketsAt {
  return async (indices) => indices.map((index) => list[index]!);
}

/** The proofs of tickets of a list, as they are made from its chunks. */
export function proofs(list: readonly Ticket[], indices: readonly number[]): Map<number, Buffer[]> {
  const top = levelsOf(frozen(list).chunkRoots);
  return new Map(
    indices.map((index) => {
      const { first } = chunkOf(index);
      return [index, proofOf(index, levelsOf(leavesOf(first, list.slice(first, first + CHUNK))), top)];
    }),
  );
}

export const drandEntropy: Entropy = { kind: 'drand', ...ROUND };

/** The reveals of four parties, of whom the second withholds hers. */
export const reveals: Entropy = {
  kind: 'reveals',
  parties: ['公证处', '职工代表', '纪检组', '技术部'].map((name, i) => ({
    name,
    commitment: revealCommitment(fixed(name)).toString('hex'),
    reveal: i === 1 ? null : fixed(name).toString('hex'),
  })),
};

export const SEED = fixed('seed');

export const PRIZES: Prize[] = [
  { tier: '一等奖', what: '500 积分', quantity: 1 },
  { tier: '二等奖', what: '200 积分', quantity: 3 },
  { tier: '三等奖', what: '咖啡券', quantity: 6 },
];

export function announced(
  list: readonly Ticket[],
  entropy: Entropy,
  changes: Partial<Announcement> = {},
): Announcement {
  const { root, count } = frozen(list);
  return {
    format: ANNOUNCEMENT_FORMAT,
    algorithm: ALGORITHM,
    lottery: { id: LOTTERY, name: '九月幸福抽奖', programme: '幸福账户', period: '2023-09' },
    drawNumber: 1,
    commitment: { hash: seedCommitment(SEED).toString('hex'), publishedAt: '2023-09-01T00:00:00.000Z' },
    frozen: { root: root.toString('hex'), count, at: '2023-09-14T16:00:00.000Z' },
    announcedAt: '2023-09-14T16:00:05.250Z',
    prizes: PRIZES,
    excluded: [],
    source: sourceOf(entropy),
    ...changes,
  };
}

/** A draw from a list and its transcript. */
export async function drawn(
  list: readonly Ticket[],
  entropy: Entropy,
  changes: Partial<Announcement> = {},
): Promise<Transcript> {
  const announcement = announced(list, entropy, changes);
  const drawing = await draw(announcement, SEED, entropy, lookUp(list));
  const indices = [...drawing.winners, ...drawing.passedOver].map(({ index }) => index);
  return transcriptOf(announcement, SEED, entropy, drawing, proofs(list, indices));
}
