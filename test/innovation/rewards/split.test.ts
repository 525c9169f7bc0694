import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inMoneyAndPoints, type RewardRule, rewardFor } from '../../../src/innovation/contracts/reward-rule.ts';
import { type Part, splitReward } from '../../../src/innovation/rewards/split-reward.ts';

/** A reward, and up to nine authors with ids of their own whose shares add up to 10,000. */
const someReward = fc.nat({ max: 10_000_000_000_000 });
const someParts = fc
  .uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: 0, maxLength: 8 })
  .map((cuts): Part[] => {
    const ends = [...cuts.toSorted((a, b) => a - b), 10_000];
    return ends.map((end, i) => ({ memberId: `M${(i * 7) % 10}`, share: end - (ends[i - 1] ?? 0) }));
  });
const inAnyOrder = someParts.chain((parts) =>
  fc.shuffledSubarray(parts, { minLength: parts.length, maxLength: parts.length }).map((shuffled) => ({
    parts,
    shuffled,
  })),
);

describe('the split of a reward among the authors', () => {
  test('gives out all of it, and nobody a whole unit more or less than her exact share', () => {
    fc.assert(
      fc.property(someReward, someParts, (total, parts) => {
        const split = splitReward(total, parts);
        expect(split.reduce((sum, one) => sum + one, 0)).toBe(total);
        for (const [i, units] of split.entries()) {
          const off = BigInt(units) * 10_000n - BigInt(total) * BigInt(parts[i]!.share);
          expect(off > -10_000n && off < 10_000n).toBe(true);
        }
      }),
    );
  });

  test('is the same for everybody in whatever order the authors are named', () => {
    fc.assert(
      fc.property(someReward, inAnyOrder, (total, { parts, shuffled }) => {
        const byMember = (some: readonly Part[]) =>
          Object.fromEntries(splitReward(total, some).map((units, i) => [some[i]!.memberId, units]));
        expect(byMember(shuffled)).toEqual(byMember(parts));
      }),
    );
  });

  test('gives what is left to the largest remainders, and of equal ones to the member who comes first', () => {
    const [a, b, c] = ['A', 'B', 'C'];
    const parts = [
      { memberId: c!, share: 3333 },
      { memberId: b!, share: 3333 },
      { memberId: a!, share: 3334 },
    ];
    expect(splitReward(100, parts)).toEqual([33, 33, 34]);
    const halves = [
      { memberId: b!, share: 5000 },
      { memberId: a!, share: 5000 },
    ];
    expect(splitReward(7, halves)).toEqual([3, 4]);
    expect(splitReward(0, halves)).toEqual([0, 0]);
  });
});

const someShare = fc
  .integer({ min: 1, max: 10_000 })
  .map((share): RewardRule => ({ kind: 'share', share, mostFen: null }));
const someTable = fc
  .array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
  .map((steps): RewardRule => {
    let [fromFen, rewardFen] = [0, 1];
    const rows = steps.map((step, i) => {
      fromFen += step;
      rewardFen += i % 2 === 0 ? step : 0;
      return { fromFen, rewardFen };
    });
    return { kind: 'table', rows };
  });

describe('the reward of a contract', () => {
  test('never falls when the benefit grows, by a share and by a table', () => {
    for (const rule of [someShare, someTable])
      fc.assert(
        fc.property(rule, fc.nat({ max: 20_000_000 }), fc.nat({ max: 1_000_000 }), (given, benefit, more) => {
          expect(rewardFor(given, benefit + more)).toBeGreaterThanOrEqual(rewardFor(given, benefit));
        }),
      );
  });

  test('is the share to the whole fen, up to the most that was agreed', () => {
    const rule: RewardRule = { kind: 'share', share: 750, mostFen: null };
    expect(rewardFor(rule, 1_000_013)).toBe(75_000);
    expect(rewardFor(rule, 9_999_999_999_999)).toBe(749_999_999_999);
    expect(rewardFor({ ...rule, mostFen: 60_000 }, 1_000_013)).toBe(60_000);
  });

  test('is what the last row of the table says that the benefit reaches, and nothing below the first', () => {
    const rows = [
      { fromFen: 1_000, rewardFen: 100 },
      { fromFen: 5_000, rewardFen: 400 },
    ];
    const rewards = [999, 1_000, 4_999, 5_000, 9_000].map((fen) => rewardFor({ kind: 'table', rows }, fen));
    expect(rewards).toEqual([0, 100, 100, 400, 400]);
  });

  test('is money and points at their price to the fen, with no more points than the part that was agreed', () => {
    fc.assert(
      fc.property(someReward, fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 1_000 }), (reward, part, price) => {
        const { moneyFen, points } = inMoneyAndPoints(reward, part, price);
        expect(moneyFen + points * price).toBe(reward);
        expect(BigInt(points * price) * 10_000n <= BigInt(reward) * BigInt(part)).toBe(true);
        const nextPoint = BigInt((points + 1) * price) * 10_000n > BigInt(reward) * BigInt(part) - 10_000n;
        expect(nextPoint).toBe(true);
      }),
    );
  });
});
