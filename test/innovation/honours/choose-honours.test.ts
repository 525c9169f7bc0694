import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseHonours, type Honours, type Ranked, reserveOf } from '../../../src/innovation/honours/choose-honours.ts';

const candidate = (place: number, reserve: number | null = null, total = 90 - place): Ranked => ({
  ...{ id: `c${place}`, place, total, reserve },
});
const honours = (fields: Partial<Honours> = {}): Honours => ({
  ...{ atMost: 3, leastTotal: null, reserves: [], grades: [{ places: 1 }, { places: 2 }] },
  ...fields,
});
const chosen = (candidates: readonly Ranked[], of: Honours) =>
  chooseHonours(candidates, of).map(({ place, grade, keptFor }) => [place, grade, keptFor]);

describe('who is honoured in a category', () => {
  test('is who stands first, with the grades in the order of rank', () => {
    const field = [1, 2, 3, 4].map((place) => candidate(place));
    expect(chosen(field, honours())).toEqual([
      [1, 1, null],
      [2, 2, null],
      [3, 2, null],
    ]);
  });

  test('is also the first of a reserve that the rank alone would crowd out', () => {
    const field = [candidate(1), candidate(2), candidate(3), candidate(4, 1), candidate(5, 1)];
    expect(chosen(field, honours({ reserves: [{ least: 1 }] }))).toEqual([
      [1, 1, null],
      [2, 2, null],
      [4, 2, 1],
    ]);
  });

  test('is nobody kept besides where the reserve is reached by rank', () => {
    const field = [candidate(1), candidate(2, 1), candidate(3), candidate(4, 1)];
    expect(chosen(field, honours({ reserves: [{ least: 1 }] })).map(([place]) => place)).toEqual([1, 2, 3]);
  });

  test('is nobody below the least total, for a reserve neither', () => {
    const field = [candidate(1, null, 80), candidate(2, null, 59), candidate(3, 1, 58)];
    expect(chosen(field, honours({ leastTotal: 60, reserves: [{ least: 1 }] }))).toEqual([[1, 1, null]]);
  });
});

describe('however many there are and whatever is kept', () => {
  const field = fc
    .array(fc.record({ total: fc.integer({ min: 0, max: 100 }), reserve: fc.option(fc.integer({ min: 1, max: 3 })) }), {
      maxLength: 40,
    })
    .map((rows) =>
      rows
        .sort((a, b) => b.total - a.total)
        .map(({ total, reserve }, i): Ranked => ({ id: `c${i}`, place: i + 1, total, reserve })),
    );
  const rules = fc
    .record({
      leasts: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
      more: fc.integer({ min: 0, max: 12 }),
      first: fc.integer({ min: 1, max: 5 }),
      leastTotal: fc.option(fc.integer({ min: 0, max: 100 })),
    })
    .map(({ leasts, more, first, leastTotal }): Honours => {
      const atMost = Math.max(
        1,
        leasts.reduce((sum, one) => sum + one, more),
      );
      const places = Math.min(first, atMost);
      const rest = atMost - places;
      const grades = rest === 0 ? [{ places }] : [{ places }, { places: rest }];
      return { atMost, leastTotal, reserves: leasts.map((least) => ({ least })), grades };
    });
  const holds = (law: (candidates: Ranked[], of: Honours) => void) =>
    fc.assert(fc.property(field, rules, law), { numRuns: 300 });
  const eligible = (candidates: readonly Ranked[], { leastTotal }: Honours) =>
    candidates.filter(({ total }) => leastTotal === null || total >= leastTotal);

  test('as many are honoured as there are honours, or candidates who reached the least', () => {
    holds((candidates, of) => {
      expect(chooseHonours(candidates, of)).toHaveLength(Math.min(of.atMost, eligible(candidates, of).length));
    });
  });

  test('every reserve has its honours as far as it has candidates', () => {
    holds((candidates, of) => {
      const all = chooseHonours(candidates, of);
      for (const [i, { least }] of of.reserves.entries()) {
        const ofIt = (one: Ranked) => one.reserve === i + 1;
        expect(all.filter(ofIt).length).toBeGreaterThanOrEqual(
          Math.min(least, eligible(candidates, of).filter(ofIt).length),
        );
      }
    });
  });

  test('nobody is passed over for one behind of the same reserve, or of none', () => {
    holds((candidates, of) => {
      const all = chooseHonours(candidates, of);
      const known = (one: Ranked) => (one.reserve !== null && one.reserve <= of.reserves.length ? one.reserve : null);
      const left = eligible(candidates, of).filter(({ id }) => all.every((one) => one.id !== id));
      for (const one of left)
        expect(all.filter((other) => known(other) === known(one) && other.place > one.place)).toEqual([]);
      // Whoever passed over somebody of another kind did so by a reserve, and never beyond what is kept for it.
      for (const [i, { least }] of of.reserves.entries())
        expect(all.filter(({ keptFor }) => keptFor === i + 1).length).toBeLessThanOrEqual(least);
    });
  });

  test('grades follow the rank and none is given more often than it has places', () => {
    holds((candidates, of) => {
      const all = chooseHonours(candidates, of);
      expect(all.map(({ grade }) => grade)).toEqual(all.map(({ grade }) => grade).sort((a, b) => a - b));
      expect(all.map(({ place }) => place)).toEqual(all.map(({ place }) => place).sort((a, b) => a - b));
      for (const [i, { places }] of of.grades.entries())
        expect(all.filter(({ grade }) => grade === i + 1).length).toBeLessThanOrEqual(places);
    });
  });

  test('the order in which candidates are given changes nothing', () => {
    fc.assert(
      fc.property(field, rules, fc.infiniteStream(fc.nat()), (candidates, of, keys) => {
        const turns = candidates.map((one) => [keys.next().value as number, one] as const);
        const shuffled = turns.sort(([a], [b]) => a - b).map(([, one]) => one);
        expect(chooseHonours(shuffled, of)).toEqual(chooseHonours(candidates, of));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a firm counts', () => {
  const small = { name: '小微民营', ownerships: ['private' as const], firmTypes: null, mostEmployees: 300 };
  const special = { name: '专精特新', ownerships: null, firmTypes: ['specialised' as const], mostEmployees: null };
  const firm = { ownership: 'private', firmType: 'specialised', employees: 120 };

  test('for the first reserve that it fits', () => {
    expect(reserveOf([small, special], firm)).toBe(1);
    expect(reserveOf([special, small], firm)).toBe(1);
    expect(reserveOf([small, special], { ...firm, employees: 301 })).toBe(2);
  });

  test('for none when nothing is known of it', () => {
    expect(reserveOf([small, special], { ownership: null, firmType: null, employees: null })).toBeNull();
  });
});
