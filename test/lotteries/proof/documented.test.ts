import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { announcementDigest } from '../../../src/lotteries/proof/announcement.ts';
import { type Canonical, canonicalJson } from '../../../src/lotteries/proof/canonical.ts';
import { draw, drawIndices, drawKey } from '../../../src/lotteries/proof/draw.ts';
import { entropyBytes } from '../../../src/lotteries/proof/entropy.ts';
import { rootOf } from '../../../src/lotteries/proof/merkle.ts';
import { revealCommitment } from '../../../src/lotteries/proof/reveals.ts';
import { seedCommitment } from '../../../src/lotteries/proof/seed.ts';
import { holderOf, leavesOf } from '../../../src/lotteries/proof/ticket.ts';
import { type Transcript, transcriptOf } from '../../../src/lotteries/proof/transcript.ts';
import { verifyTicket, verifyTranscript } from '../../../src/lotteries/verifier/verify-draw.mjs';
import { drandEntropy, lookUp, proofs, ROUND } from './world.ts';

/** The examples of the specification, in its order. */
let examples: {
  commitments: { seed: string; seedCommitment: string; reveal: string; revealCommitment: string };
  members: { memberId: string; holder: string }[];
  tickets: { index: number; ticket: string; holder: string; leaf: string }[];
  roots: string[];
  ticket: { index: number; memberId: string };
  announcement: string;
  shuffle: { key: string; order: number[] };
  shuffles: { key: string; count: number; first: number[] }[];
  transcript: Transcript;
};
let text: string;

beforeAll(async () => {
  text = await readFile('src/lotteries/verifier/draw.md', 'utf8');
  const blocks = [...text.matchAll(/^```json\n(.*?)\n```$/gms)].map(([, json]) => json!);
  const [commitments, members, tickets, roots, ticket, announcement, shuffle, shuffles, transcript] = blocks.map(
    (json, i) => (i === 5 ? json : JSON.parse(json)),
  );
  examples = { commitments, members, tickets, roots, ticket, announcement, shuffle, shuffles, transcript };
});

const hex = (text: string) => Buffer.from(text, 'hex');
const list = () => examples.tickets.map(({ ticket, holder }) => ({ ticket, holder: hex(holder) }));

test('commitments are as the specification shows them', () => {
  const { seed, reveal, ...expected } = examples.commitments;
  expect(seedCommitment(hex(seed)).toString('hex')).toBe(expected.seedCommitment);
  expect(revealCommitment(hex(reveal)).toString('hex')).toBe(expected.revealCommitment);
});

test('holders, leaves and roots are as the specification shows them', () => {
  const { members, tickets, roots, transcript } = examples;
  for (const { memberId, holder } of members)
    expect(holderOf(transcript.announcement.lottery.id, memberId).toString('hex')).toBe(holder);
  const leaves = leavesOf(0, list());
  expect(leaves.toString('hex')).toBe(tickets.map(({ leaf }) => leaf).join(''));
  expect(roots).toHaveLength(tickets.length + 1);
  for (const [count, root] of roots.entries())
    expect(rootOf(leaves.subarray(0, 32 * count)).toString('hex')).toBe(root);
});

test('announcement, entropy and the order of the tickets are as the specification shows them', () => {
  const { transcript, announcement, shuffle, shuffles } = examples;
  expect(canonicalJson(transcript.announcement as unknown as Canonical)).toBe(announcement);
  const digest = announcementDigest(transcript.announcement);
  const entropy = entropyBytes(transcript.entropy);
  for (const shown of [
    digest.toString('hex'),
    entropy.toString('hex'),
    ROUND.signature,
    entropyBytes(drandEntropy).toString('hex'),
  ])
    expect(text).toContain(`\`${shown}\``);
  const key = drawKey(hex(transcript.seed), digest, entropy);
  expect(key.toString('hex')).toBe(shuffle.key);
  expect([...drawIndices(key, examples.tickets.length)]).toEqual(shuffle.order);
  for (const { key, count, first } of shuffles) {
    const indices = drawIndices(hex(key), count);
    expect(first.map(() => indices.next().value)).toEqual(first);
  }
});

test('the transcript is as the specification shows it, and right', async () => {
  const { transcript, ticket } = examples;
  const { announcement, entropy, winners, passedOver } = transcript;
  const drawing = await draw(announcement, hex(transcript.seed), entropy, lookUp(list()));
  const made = proofs(
    list(),
    [...winners, ...passedOver].map(({ index }) => index),
  );
  expect(transcriptOf(announcement, hex(transcript.seed), entropy, drawing, made)).toEqual(transcript);
  expect(verifyTranscript(transcript)).toMatchObject({ ok: true });
  expect(verifyTicket(transcript, ticket)).toMatchObject({ ok: true });
});
