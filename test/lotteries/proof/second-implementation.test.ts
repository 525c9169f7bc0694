import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Announcement } from '../../../src/lotteries/proof/announcement.ts';
import { draw, drawIndices, drawKey } from '../../../src/lotteries/proof/draw.ts';
import type { Entropy } from '../../../src/lotteries/proof/entropy.ts';
import { entropyOfReveals, revealCommitment } from '../../../src/lotteries/proof/reveals.ts';
import { seedCommitment } from '../../../src/lotteries/proof/seed.ts';
import { holderOf, type Ticket, ticketName } from '../../../src/lotteries/proof/ticket.ts';
import { type Transcript, type TranscriptTicket, transcriptOf } from '../../../src/lotteries/proof/transcript.ts';
import * as second from './second-implementation.ts';
import { announced, countedId, drandEntropy, fixed, LOTTERY, lookUp, proofs } from './world.ts';

const hex = (text: string) => Buffer.from(text, 'hex');

// ---- Anything that can be drawn ------------------------------------------------------------------------------------

/** Texts that a canonical form could get wrong: escapes, what is not to be escaped, pairs, two ways to write one letter. */
const ODD = [
  '',
  '"\\/',
  '\0\x1f\x7f',
  '\b\f\n\r\t\v',
  '\u2028\u2029\ufeff',
  '\uffff\u{10ffff}',
  'é',
  'e\u0301',
  '👩‍👩‍👧',
  '𠮷野家',
];
const text = fc.oneof(
  fc.constantFrom(...ODD),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);

/** Three parties or more, of whom all but two may withhold. */
const reveals: fc.Arbitrary<Entropy> = fc
  .uniqueArray(text, { minLength: 3, maxLength: 6 })
  .chain((names) => fc.tuple(fc.constant(names), fc.subarray(names, { maxLength: names.length - 2 }), fc.nat()))
  .map(([names, withheld, n]) => ({
    kind: 'reveals',
    parties: names.map((name) => ({
      name,
      commitment: revealCommitment(fixed(`${n} ${name}`)).toString('hex'),
      reveal: withheld.includes(name) ? null : fixed(`${n} ${name}`).toString('hex'),
    })),
  }));

/** Some members with some grants each: from no ticket to more than one chunk of the tree. */
const lists: fc.Arbitrary<Ticket[]> = fc
  .record({
    grants: fc.oneof(fc.nat({ max: 12 }), fc.integer({ min: 15, max: 50 })),
    members: fc.integer({ min: 1, max: 60 }),
    most: fc.integer({ min: 1, max: 11 }),
  })
  .map(({ grants, members, most }) =>
    Array.from({ length: grants }, (_, g) => {
      const holder = holderOf(LOTTERY, countedId('M', g % members));
      return Array.from({ length: 1 + ((7 * g) % most) }, (_, k) => ({
        ticket: ticketName(countedId('G', g), k + 1),
        holder,
      }));
    }).flat(),
  );

const draws = fc.record({
  seed: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  entropy: fc.oneof({ weight: 1, arbitrary: fc.constant(drandEntropy) }, { weight: 3, arbitrary: reveals }),
  prizes: fc.array(fc.record({ tier: text, what: text, quantity: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  name: text,
  programme: text,
});

type Draw = typeof draws extends fc.Arbitrary<infer T> ? T : never;

/** The transcript of a draw by our own code, as it is read by whoever checks it. */
async function transcriptBy(
  { seed, entropy, prizes, name, programme }: Draw,
  list: readonly Ticket[],
  changes: Partial<Announcement> = {},
): Promise<Transcript> {
  const announcement = announced(list, entropy, {
    lottery: { id: LOTTERY, name, programme, period: '2023-09' },
    commitment: { hash: seedCommitment(seed).toString('hex'), publishedAt: '2023-09-01T00:00:00.000Z' },
    prizes,
    ...changes,
  });
  const drawing = await draw(announcement, seed, entropy, lookUp(list));
  const indices = [...drawing.winners, ...drawing.passedOver].map(({ index }) => index);
  return JSON.parse(JSON.stringify(transcriptOf(announcement, seed, entropy, drawing, proofs(list, indices))));
}

// ---- What the two must agree on ------------------------------------------------------------------------------------

function withoutProof<T extends TranscriptTicket>({ proof, ...drawn }: T): Omit<T, 'proof'> {
  return drawn;
}

/** The draw itself, and whatever stands in a transcript that follows from something else in it. */
function expectAgreement(transcript: Transcript, list: readonly second.Ticket[]): void {
  const { announcement, digest, seed, entropy, winners, passedOver, notDrawn } = transcript;
  const { frozen } = announcement;
  expect(second.seedCommitment(seed)).toBe(announcement.commitment.hash);
  expect(second.digestOf(announcement)).toBe(digest);
  // That a round of drand was signed was checked when it was drawn, and takes long.
  const drawn = entropy.kind === 'drand' ? hex(entropy.randomness) : entropyOfReveals(entropy.parties);
  expect(second.entropyOf(entropy)).toBe(drawn.toString('hex'));
  const key = drawKey(hex(seed), hex(digest), drawn);
  expect(second.drawKey(transcript)).toBe(key.toString('hex'));
  expect([...second.candidateIndices(key.toString('hex'), frozen.count)]).toEqual([...drawIndices(key, frozen.count)]);
  expect(second.draw(transcript, (index) => list[index]!)).toEqual({
    winners: winners.map(withoutProof),
    passedOver: passedOver.map(withoutProof),
    notDrawn,
  });

  const leaves = list.map((ticket, index) => second.leafOf(index, ticket));
  expect(leaves).toHaveLength(frozen.count);
  expect(second.rootOf(leaves)).toBe(frozen.root);
  const unproven = [...winners, ...passedOver].filter(
    ({ index, proof }) => !second.proofHolds(leaves[index]!, index, proof, frozen),
  );
  expect(unproven).toEqual([]);
}

/** What there is in a transcript that not every transcript has. */
function traitsOf({ entropy, passedOver, notDrawn }: Transcript): string[] {
  const isWithheld = entropy.kind === 'reveals' && entropy.parties.some(({ reveal }) => reveal === null);
  return [
    entropy.kind,
    ...(isWithheld ? ['withheld'] : []),
    ...passedOver.map(({ reason }) => reason),
    ...(notDrawn.length > 0 ? ['not drawn'] : []),
  ];
}

test('whatever is drawn, and drawn again without those who won, the document alone leads to the same', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(lists, draws, draws, async (list, one, two) => {
      const read = list.map(({ ticket, holder }) => ({ ticket, holder: holder.toString('hex') }));
      const transcript = await transcriptBy(one, list);
      const excluded = transcript.winners.map(({ holder, place }) => ({ holder, drawNumber: 1, place }));
      const again = await transcriptBy(two, list, { drawNumber: 2, excluded });
      for (const either of [transcript, again]) {
        expectAgreement(either, read);
        for (const trait of traitsOf(either)) seen.add(trait);
      }
    }),
    { numRuns: 30 },
  );
  // That one of these does not come up in 60 draws happens once in tens of millions of runs.
  expect([...seen].sort()).toEqual(['drand', 'excluded', 'has_won', 'not drawn', 'reveals', 'withheld']);
});

test('numbers that are thrown away are thrown away by both', () => {
  // While more are left than 2^64 / 2,049, one number in 2,049 is.
  const count = Number(2n ** 64n / 2049n + 10_000n);
  const ours = drawIndices(fixed('many'), count);
  const theirs = second.candidateIndices(fixed('many').toString('hex'), count);
  for (let i = 0; i < 8000; i++) expect(theirs.next().value).toBe(ours.next().value);
});

test('what the document shows is what it leads to', async () => {
  const document = await readFile('src/lotteries/verifier/draw.md', 'utf8');
  const blocks = [...document.matchAll(/^```json\n(.*?)\n```$/gms)].map(([, json]) => json!);
  const [commitments, members, tickets, roots, ticket, , shuffle, shuffles, transcript] = blocks.map((json) =>
    JSON.parse(json),
  );
  expect(second.seedCommitment(commitments.seed)).toBe(commitments.seedCommitment);
  expect(second.revealCommitment(commitments.reveal)).toBe(commitments.revealCommitment);
  const lottery = transcript.announcement.lottery.id;
  for (const { memberId, holder } of members) expect(second.holderOf(lottery, memberId)).toBe(holder);

  const leaves: string[] = tickets.map((one: { leaf: string }) => one.leaf);
  for (const [index, leaf] of leaves.entries()) expect(second.leafOf(index, tickets[index])).toBe(leaf);
  for (const [count, root] of roots.entries()) expect(second.rootOf(leaves.slice(0, count))).toBe(root);
  const own = second.leafOf(ticket.index, { ...ticket, holder: second.holderOf(lottery, ticket.memberId) });
  expect(second.proofHolds(own, ticket.index, ticket.proof, transcript.announcement.frozen)).toBe(true);

  expect(second.canonicalText(transcript.announcement)).toBe(blocks[5]);
  expect(document).toContain(`\`${second.entropyOf(drandEntropy)}\``);
  expect(document).toContain(`\`${second.entropyOf(transcript.entropy)}\``);
  expect(second.drawKey(transcript)).toBe(shuffle.key);
  for (const { key, count, first } of [{ ...shuffle, count: 7, first: shuffle.order }, ...shuffles]) {
    const indices = second.candidateIndices(key, count);
    expect(first.map(() => indices.next().value)).toEqual(first);
  }
  expectAgreement(transcript, tickets);
});
