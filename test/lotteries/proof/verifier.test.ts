import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Announcement, announcementDigest } from '../../../src/lotteries/proof/announcement.ts';
import type { Transcript } from '../../../src/lotteries/proof/transcript.ts';
import { verifyTicket, verifyTranscript } from '../../../src/lotteries/verifier/verify-draw.mjs';
import { at, type Json, mutated, pathsOf, spoilings } from './mutate.ts';
import { aList, countedId, drandEntropy, drawn, LOTTERY, proofs, reveals } from './world.ts';

const list = aList(500, 2);
/** A first draw by drand, a first draw by reveals of which one is withheld, and a re-draw for which there are too few members. */
let transcripts: { drand: Transcript; reveals: Transcript; again: Transcript };

beforeAll(async () => {
  const few = aList(8, 3);
  const before = await drawn(few, reveals, { prizes: [{ tier: '一等奖', what: '500 积分', quantity: 3 }] });
  const excluded = before.winners.map(({ holder, place }) => ({ holder, drawNumber: 1, place }));
  transcripts = {
    drand: await drawn(list, drandEntropy),
    reveals: await drawn(list, reveals),
    again: await drawn(few, reveals, { drawNumber: 2, excluded }),
  };
});

const read = (value: unknown) => JSON.parse(JSON.stringify(value));

test('every transcript of ours is accepted, and says what remains to be compared', () => {
  for (const transcript of Object.values(transcripts)) {
    const answer = verifyTranscript(read(transcript));
    expect(answer).toMatchObject({ ok: true });
    expect(answer.lines).toHaveLength(8);
    expect(answer.compare[0]?.en).toContain(transcript.digest);
  }
  expect(JSON.stringify(verifyTranscript(read(transcripts.drand)).compare)).toContain('/public/657413');
  expect(JSON.stringify(verifyTranscript(read(transcripts.reveals)).compare)).toContain('职工代表: it withheld');
  // The re-draw shows every kind of entry.
  const { winners, passedOver, notDrawn } = transcripts.again;
  expect([winners.length, notDrawn.length]).toEqual([5, 5]);
  expect(new Set(passedOver.map(({ reason }) => reason))).toEqual(new Set(['has_won', 'excluded']));
});

test('whatever is drawn, the verifier finds the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 4 }),
      async (members, perMember, quantities) => {
        const prizes = quantities.map((quantity, i) => ({ tier: `${i + 1}等奖`, what: '礼品', quantity }));
        const transcript = await drawn(aList(members, perMember), reveals, { prizes });
        expect(verifyTranscript(read(transcript))).toMatchObject({ ok: true });
      },
    ),
    { numRuns: 15 },
  );
});

/** A dice that rolls the same on every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return sides === 0 ? 0 : Math.floor((state / 2 ** 32) * sides);
  };
}

test('a transcript in which any one value was changed is refused, 1,000 times and more', () => {
  const roll = dice(20260801);
  let tried = 0;
  for (const transcript of Object.values(transcripts)) {
    const original = read(transcript) as Json;
    for (const path of pathsOf(original)) {
      // All ways are tried on what is there once; on the many entries of a list one each.
      const value = at(original, path);
      const ways = spoilings(value);
      const isOnce = path.every((key) => typeof key === 'string' || key === 0);
      for (const spoil of isOnce ? ways : [ways[roll(ways.length)]!]) {
        const changed = mutated(original, path, (old) => spoil(old, roll));
        if (JSON.stringify(changed) === JSON.stringify(original)) continue;
        tried += 1;
        const answer = verifyTranscript(changed);
        expect(answer.ok, `${path.join('.')} changed by ${spoil}`).toBe(false);
        expect(answer.lines.at(-1)).toMatchObject({ ok: false, zh: expect.any(String), en: expect.any(String) });
      }
    }
  }
  expect(tried).toBeGreaterThan(1000);
});

test('an announcement that was changed afterwards is refused even when its digest was made to fit', () => {
  const roll = dice(20260802);
  let tried = 0;
  for (const transcript of [transcripts.drand, transcripts.reveals]) {
    const original = read(transcript.announcement) as Json;
    for (const path of pathsOf(original)) {
      const value = at(original, path);
      for (const spoil of spoilings(value)) {
        const announcement = mutated(original, path, (old) => spoil(old, roll)) as unknown as Announcement;
        if (JSON.stringify(announcement) === JSON.stringify(original)) continue;
        tried += 1;
        const digest = announcementDigest(announcement).toString('hex');
        const answer = verifyTranscript(read({ ...transcript, announcement, digest }));
        expect(answer.ok, `${path.join('.')} changed by ${spoil}`).toBe(false);
      }
    }
  }
  expect(tried).toBeGreaterThan(300);
});

test.each<[string, (transcript: Transcript) => Transcript, string]>([
  ['a winner is left out', (t) => ({ ...t, winners: t.winners.slice(1) }), 'as many places'],
  [
    'two winners change places',
    (t) => {
      const [a, b, ...others] = t.winners.map(({ place, prize, ...rest }) => rest);
      const swapped = [b!, a!, ...others];
      return {
        ...t,
        winners: swapped.map((one, i) => ({ place: t.winners[i]!.place, prize: t.winners[i]!.prize, ...one })),
      };
    },
    'not told of as it was',
  ],
  [
    'a ticket of the list takes the place of a winner',
    (t) => {
      const index = t.winners.some((one) => one.index === 4) ? 5 : 4;
      const proof = proofs(list, [index])
        .get(index)!
        .map((hash) => hash.toString('hex'));
      const friend = {
        ...t.winners[0]!,
        index,
        ticket: list[index]!.ticket,
        holder: list[index]!.holder.toString('hex'),
        proof,
      };
      return { ...t, winners: t.winners.with(0, friend) };
    },
    'not told of as it was',
  ],
  [
    'a winner is said to have been passed over, and the place left empty',
    (t) => ({
      ...t,
      winners: t.winners.slice(0, -1),
      passedOver: [...t.passedOver, { ...t.winners.at(-1)!, reason: 'has_won' }],
      notDrawn: [{ place: t.winners.at(-1)!.place, prize: t.winners.at(-1)!.prize }],
    }),
    'not told of as it was',
  ],
  [
    'the round existed already',
    (t) => {
      const announcement = { ...t.announcement, announcedAt: '2023-09-15T11:00:03.000Z' };
      return { ...t, announcement, digest: announcementDigest(announcement).toString('hex') };
    },
    'existed when',
  ],
])('it is refused when %s', (_, change, why) => {
  const { ok, lines } = verifyTranscript(read(change(transcripts.drand)));
  expect(ok).toBe(false);
  expect(lines.at(-1)?.en).toContain(why);
});

test('what is no transcript is refused, and never breaks the verifier', () => {
  for (const nothing of [
    null,
    1,
    'x',
    [],
    {},
    { announcement: null },
    { announcement: { source: { kind: 'toString' } } },
  ])
    expect(verifyTranscript(nothing).ok).toBe(false);
});

/** A ticket's proof as its member is given it. */
function proofFile(index: number) {
  const { ticket, holder } = list[index]!;
  return {
    index,
    ticket,
    holder: holder.toString('hex'),
    proof: proofs(list, [index])
      .get(index)!
      .map((hash) => hash.toString('hex')),
  };
}

test('a member sees that her ticket was in the list, and whether it won', () => {
  const transcript = read(transcripts.drand);
  const winner = transcripts.drand.winners[2]!;
  const loser = [...list.keys()].find((index) => !transcripts.drand.winners.some((one) => one.index === index))!;
  expect(verifyTicket(transcript, proofFile(winner.index)).lines[0]?.en).toContain('and won place 3');
  expect(verifyTicket(transcript, proofFile(loser)).lines[0]?.en).toContain('was not drawn');
  const { holder, ...mine } = proofFile(loser);
  const memberId = countedId('M', Math.floor(loser / 2));
  expect(verifyTicket(transcript, { ...mine, memberId }).ok).toBe(true);
});

test('a ticket that was not in the list, or was not hers, is refused', () => {
  const transcript = read(transcripts.drand);
  const { holder, ...mine } = proofFile(7);
  const wrong = [
    { ...mine, memberId: countedId('M', 99) },
    { ...mine, memberId: LOTTERY.toLowerCase() },
    { ...mine, holder, index: 8 },
    { ...mine, holder, index: 1000 },
    { ...mine, holder, ticket: mine.ticket.replace(/.$/, '9') },
    { ...mine, holder, proof: mine.proof.slice(1) },
    { ...mine, holder, proof: mine.proof.toReversed() },
    { ...mine, holder, memberId: countedId('M', 3) },
    mine,
    null,
  ];
  for (const ticket of wrong) expect(verifyTicket(transcript, ticket).ok).toBe(false);
});

const VERIFIER = resolve('src/lotteries/verifier/verify-draw.mjs');

/** Runs the verifier as a person does: its exit code and all that it printed. */
function run(file: string, ...args: string[]): Promise<{ code: number; printed: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [file, ...args], (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, printed: stdout + stderr });
    });
  });
}

test('as a command it says yes or no to the shell, also by way of a link', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'verify-draw-'));
  try {
    const file = (name: string) => join(folder, name);
    await writeFile(file('good.json'), JSON.stringify(transcripts.drand));
    await writeFile(file('bad.json'), JSON.stringify({ ...transcripts.drand, seed: '0'.repeat(64) }));
    await writeFile(file('ticket.json'), JSON.stringify(proofFile(7)));
    await writeFile(file('other.json'), JSON.stringify({ ...proofFile(7), index: 8 }));
    await writeFile(file('broken.json'), '{');
    await symlink(VERIFIER, file('link.mjs'));
    const [good, linked, bad, other, broken, missing, unasked] = await Promise.all([
      run(VERIFIER, file('good.json'), '--ticket', file('ticket.json')),
      run(file('link.mjs'), file('good.json')),
      run(VERIFIER, file('bad.json')),
      run(VERIFIER, file('good.json'), '--ticket', file('other.json')),
      run(VERIFIER, file('broken.json')),
      run(VERIFIER, file('nowhere.json')),
      run(VERIFIER),
    ]);
    expect(good).toMatchObject({ code: 0, printed: expect.stringContaining('核对通过') });
    expect(good.printed).toContain(`ticket ${list[7]!.ticket} was in the list at 7`);
    expect(linked).toMatchObject({ code: 0, printed: expect.stringContaining('核对通过') });
    expect(bad).toMatchObject({ code: 1, printed: expect.stringContaining('does not match its commitment') });
    expect(other).toMatchObject({ code: 1, printed: expect.stringContaining('was not in the list') });
    for (const none of [broken, missing, unasked]) expect(none.code).toBe(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});
