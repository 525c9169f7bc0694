import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Announcement } from '../../../src/lotteries/proof/announcement.ts';
import { canonicalJson } from '../../../src/lotteries/proof/canonical.ts';
import { draw, drawIndices, drawKey, fillPlaces, placesOf } from '../../../src/lotteries/proof/draw.ts';
import type { Ticket } from '../../../src/lotteries/proof/ticket.ts';
import { aList, announced, drandEntropy, fixed, lookUp, PRIZES, reveals, SEED } from './world.ts';

/** The stream and the shuffle in the plainest way there is, and how many numbers it threw away. */
function plainly(key: Buffer, count: number, draws: number): { drawn: number[]; thrown: number } {
  const numbers: bigint[] = [];
  for (let n = 0n; numbers.length < 2 * draws + 8; n++) {
    const block = createHmac('sha256', key)
      .update(Buffer.from(n.toString(16).padStart(16, '0'), 'hex'))
      .digest('hex');
    for (let at = 0; at < 64; at += 16) numbers.push(BigInt(`0x${block.slice(at, at + 16)}`));
  }
  const list = new Map<number, number>();
  let used = 0;
  const drawn = Array.from({ length: draws }, (_, i) => {
    const m = BigInt(count - i);
    while (numbers[used]! >= (2n ** 64n / m) * m) used += 1;
    const at = i + Number(numbers[used++]! % m);
    const [here, there] = [list.get(i) ?? i, list.get(at) ?? at];
    list.set(at, here).set(i, there);
    return there;
  });
  return { drawn, thrown: used - draws };
}

function first(indices: Iterator<number, void>, some: number): number[] {
  return Array.from({ length: some }, () => indices.next().value!);
}

test('the indices are those of a plain shuffle, each once, at any count', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (count, n) => {
      const drawn = [...drawIndices(fixed(n), count)];
      expect(drawn).toEqual(plainly(fixed(n), count, count).drawn);
      expect([...drawn].sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
    }),
    { numRuns: 40 },
  );
});

test('numbers that would make some tickets likelier are thrown away', () => {
  // While more are left than 2^64 / 2,049, one number in 2,049 is.
  const count = Number(2n ** 64n / 2049n + 10_000n);
  const { drawn, thrown } = plainly(fixed('many'), count, 8000);
  expect(thrown).toBeGreaterThan(0);
  expect(first(drawIndices(fixed('many'), count), 8000)).toEqual(drawn);
});

test('every order of a few tickets comes up equally often', () => {
  const DRAWS = 12_000;
  const seen = new Map<string, number>();
  for (let n = 0; n < DRAWS; n++) {
    const order = [...drawIndices(fixed(n), 4)].join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(24);
  // Chi-square with 23 degrees of freedom passes 49.7 once in a thousand; the seeds are fixed.
  expect(chiSquare([...seen.values()], DRAWS / 24)).toBeLessThan(49.7);
});

test('over 100,000 draws every ticket wins equally often, at all and in each tier', () => {
  const [DRAWS, TICKETS] = [100_000, 20];
  const digest = fixed('announcement');
  const places = placesOf([{ quantity: 1 }, { quantity: 1 }, { quantity: 2 }]);
  const perTier = [1, 2, 3].map(() => Array<number>(TICKETS).fill(0));
  for (let n = 0; n < DRAWS; n++) {
    const indices = drawIndices(drawKey(SEED, digest, counted(n)), TICKETS);
    for (const { prize } of places) perTier[prize - 1]![indices.next().value!]! += 1;
  }
  const all = perTier[0]!.map((_, i) => perTier[0]![i]! + perTier[1]![i]! + perTier[2]![i]!);
  for (const wins of [...perTier, all]) {
    const won = wins.reduce((sum, some) => sum + some, 0) / DRAWS;
    // Tickets that win together in one draw keep each other away, which makes the sum smaller by this.
    const statistic = chiSquare(wins, (DRAWS * won) / TICKETS) * ((TICKETS - 1) / (TICKETS - won));
    // Chi-square with 19 degrees of freedom: outside of these bounds once in a thousand on each side.
    expect(statistic).toBeGreaterThan(5.4);
    expect(statistic).toBeLessThan(43.8);
  }
});

function counted(n: number): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt32BE(n, 28);
  return bytes;
}

function chiSquare(seen: readonly number[], expected: number): number {
  return seen.reduce((sum, times) => sum + (times - expected) ** 2 / expected, 0);
}

/** What the rules say, ticket by ticket. */
function byTheRules(
  list: readonly Ticket[],
  indices: readonly number[],
  quantities: readonly number[],
  excluded: ReadonlySet<string>,
) {
  const places = quantities.flatMap((quantity, i) => Array<number>(quantity).fill(i + 1));
  const told: string[] = [];
  const won = new Set<string>();
  for (const index of indices) {
    if (won.size === places.length) break;
    const holder = list[index]!.holder.toString('hex');
    const what = excluded.has(holder) ? 'excluded' : won.has(holder) ? 'has_won' : 'wins';
    told.push(`${what} ${won.size + 1} ${places[won.size]} ${index}`);
    if (what === 'wins') won.add(holder);
  }
  return told;
}

test('places are filled as the rules say, in whatever batches tickets are looked up: no ticket and no holder twice, nobody who is excluded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 30 }), { maxLength: 120 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 8 }),
      fc.nat(),
      async (holders, quantities, barred, n) => {
        const list = holders.map((holder, i) => ({ ticket: `t${i}`, holder: fixed(holder), number: i }));
        const excluded = new Set(barred.map((holder) => fixed(holder).toString('hex')));
        const places = placesOf(quantities.map((quantity) => ({ quantity })));
        const indices = [...drawIndices(fixed(n), list.length)];
        const drawing = await fillPlaces(places, indices.values(), excluded, async (some) => some.map((i) => list[i]!));
        const expected = byTheRules(list, indices, quantities, excluded);
        const told = [
          ...drawing.winners.map((one) => ({ ...one, what: 'wins' })),
          ...drawing.passedOver.map((one) => ({ ...one, what: one.reason })),
        ].sort((a, b) => indices.indexOf(a.index) - indices.indexOf(b.index));
        expect(told.map(({ what, place, prize, index }) => `${what} ${place} ${prize} ${index}`)).toEqual(expected);
        // What the caller knows of a ticket comes along.
        expect(told.every(({ number, index, ticket }) => number === index && ticket === `t${index}`)).toBe(true);
        expect(drawing.notDrawn).toEqual(places.slice(drawing.winners.length));
        if (drawing.notDrawn.length > 0) expect(told).toHaveLength(list.length);
      },
    ),
    { numRuns: 150 },
  );
});

test('a list in which few can still win is not looked up ticket by ticket', async () => {
  const list = aList(3, 2000);
  let asked = 0;
  const { winners, passedOver, notDrawn } = await fillPlaces(
    placesOf([{ quantity: 5 }]),
    drawIndices(fixed('few'), list.length),
    new Set(),
    (indices) => {
      asked += 1;
      expect(indices.length).toBeLessThanOrEqual(1000);
      return lookUp(list)(indices);
    },
  );
  expect([winners.length, passedOver.length, notDrawn.length]).toEqual([3, 5997, 2]);
  expect(asked).toBeLessThan(25);
});

test('a list without tickets leaves every place empty', async () => {
  const drawing = await draw(announced([], reveals), SEED, reveals, lookUp([]));
  expect(drawing).toEqual({ winners: [], passedOver: [], notDrawn: placesOf(PRIZES) });
});

test('the same announcement, seed and entropy draw the same; any other draws otherwise', async () => {
  const list = aList(200);
  const winners = async (announcement: Announcement) =>
    JSON.stringify((await draw(announcement, SEED, reveals, lookUp(list))).winners);
  const one = announced(list, reveals);
  const others: Partial<Announcement>[] = [
    {},
    { drawNumber: 2 },
    { announcedAt: '2023-09-14T16:00:05.251Z' },
    { lottery: { ...one.lottery, name: '九月幸福抽奖 ' } },
    { prizes: PRIZES.with(0, { ...PRIZES[0]!, what: '5000 积分' }) },
    { excluded: [{ holder: fixed('nobody').toString('hex'), drawNumber: 1, place: 1 }] },
    { frozen: { ...one.frozen, root: fixed('root').toString('hex') } },
  ];
  const drawn = await Promise.all(others.map((changes) => winners({ ...one, ...changes })));
  expect(new Set(drawn).size).toBe(others.length);
  expect(await winners(announced(list, reveals))).toBe(drawn[0]);
});

test('nothing is drawn with another seed, or with entropy of another source', async () => {
  const list = aList(5);
  const announcement = announced(list, drandEntropy);
  await expect(draw(announcement, fixed('other'), drandEntropy, lookUp(list))).rejects.toThrow('not the committed');
  await expect(draw(announcement, SEED, reveals, lookUp(list))).rejects.toThrow('not of the source');
  const forged = { ...drandEntropy, randomness: fixed('forged').toString('hex') } as typeof drandEntropy;
  await expect(draw(announcement, SEED, forged, lookUp(list))).rejects.toThrow('not the hash');
});

test('a value has one canonical text, whatever order its keys came in', () => {
  expect(canonicalJson({ b: [1, null, 'é\n"\\\u007f\u2028😀'], a: { z: 0, aa: -5 } })).toBe(
    '{"a":{"aa":-5,"z":0},"b":[1,null,"é\\n\\"\\\\\u007f\u2028😀"]}',
  );
  expect(() => canonicalJson({ a: 0.5 })).toThrow('no canonical form');
  expect(() => canonicalJson(2 ** 53)).toThrow('no canonical form');
  expect(() => canonicalJson('\ud83d')).toThrow('surrogate');
});
