import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balance, type ToJudge, type Unserved } from '../../src/judging/assignment/balance.ts';
import { seededRandom, shuffled } from '../../src/judging/assignment/random.ts';

/** A panel as a property makes it: candidates of a few firms, judges, and who must not judge which firm. */
const panel = fc
  .record({
    judges: fc.integer({ min: 1, max: 9 }),
    firms: fc.integer({ min: 1, max: 5 }),
    candidates: fc.array(fc.record({ firm: fc.nat(4), kept: fc.array(fc.nat(11), { maxLength: 2 }) }), {
      maxLength: 40,
    }),
    conflicts: fc.array(fc.tuple(fc.nat(8), fc.nat(4)), { maxLength: 12 }),
    k: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(),
  })
  .map(({ judges, firms, candidates, conflicts, k, seed }) => ({
    candidates: candidates.map(
      ({ firm, kept }, i): ToJudge => ({
        id: `c${String(i).padStart(3, '0')}`,
        origin: `u${firm % firms}`,
        // Some have been judged by a judge who is not there any more.
        kept: [...new Set(kept.map((one) => `j${one}`))],
      }),
    ),
    judges: Array.from({ length: judges }, (_, i) => `j${i}`),
    conflicts: conflictsOf(conflicts.map(([judge, firm]) => [`j${judge}`, `u${firm}`])),
    k,
    seed,
  }));
type Panel = typeof panel extends fc.Arbitrary<infer One> ? One : never;

function conflictsOf(pairs: [string, string][]): Map<string, Set<string>> {
  const conflicts = new Map<string, Set<string>>();
  for (const [judge, firm] of pairs) conflicts.set(judge, new Set([...(conflicts.get(judge) ?? []), firm]));
  return conflicts;
}

/** The judges of each candidate by its id, or one who cannot be served. */
function run({ candidates, judges, conflicts, k, seed }: Panel): { judges: Map<string, string[]> } | Unserved {
  const result = balance(candidates, judges, conflicts, k, seed);
  if ('unserved' in result) return result.unserved;
  const served = [...result.served];
  expect(new Set(served.map(({ candidateId }) => candidateId)).size).toBe(served.length);
  return { judges: new Map(served.map((one) => [one.candidateId, [...one.judges]])) };
}

function loadsOf({ judges }: Panel, served: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const loads = new Map(judges.map((id) => [id, 0]));
  for (const ofCandidate of served.values())
    for (const id of ofCandidate) if (loads.has(id)) loads.set(id, loads.get(id)! + 1);
  return loads;
}

const sorted = (loads: ReadonlyMap<string, number>) => [...loads.values()].sort((a, b) => a - b);

/** The judges who could be given to a candidate besides those that are kept. */
function open({ judges, conflicts }: Panel, { origin, kept }: ToJudge): string[] {
  return judges.filter((id) => !kept.includes(id) && !conflicts.get(id)?.has(origin));
}

/** The most even loads there are, found by trying everything: for panels small enough. */
function bestLoads(one: Panel): number[] {
  let best: number[] | undefined;
  const score = (loads: readonly number[]) => loads.reduce((sum, load) => sum + load * load, 0);
  const loads = loadsOf(one, new Map(one.candidates.map(({ id, kept }) => [id, [...kept]])));
  const step = (i: number, from: number, needed: number) => {
    const candidate = one.candidates[i];
    if (!candidate) {
      const found = sorted(loads);
      if (!best || score(found) < score(best)) best = found;
      return;
    }
    if (needed <= 0) {
      const next = one.candidates[i + 1];
      return step(i + 1, 0, next ? one.k - next.kept.length : 0);
    }
    const judges = open(one, candidate);
    for (let at = from; at <= judges.length - needed; at++) {
      loads.set(judges[at]!, loads.get(judges[at]!)! + 1);
      step(i, at + 1, needed - 1);
      loads.set(judges[at]!, loads.get(judges[at]!)! - 1);
    }
  };
  step(0, 0, one.candidates[0] ? one.k - one.candidates[0].kept.length : 0);
  return best!;
}

describe('assigning judges to candidates', () => {
  test('gives every candidate k different judges, keeps conflicts, and keeps what was begun', () => {
    fc.assert(
      fc.property(panel, (one) => {
        const result = run(one);
        if (!('judges' in result)) return;
        expect([...result.judges.keys()].sort()).toEqual(one.candidates.map(({ id }) => id));
        for (const candidate of one.candidates) {
          const given = result.judges.get(candidate.id)!;
          expect(given).toHaveLength(Math.max(one.k, candidate.kept.length));
          expect(new Set(given).size).toBe(given.length);
          expect(given.slice(0, candidate.kept.length)).toEqual(candidate.kept);
          const fresh = given.slice(candidate.kept.length);
          expect(fresh.filter((id) => !open(one, candidate).includes(id))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('serves all whenever each has enough judges left, and else names one who has not', () => {
    fc.assert(
      fc.property(panel, (one) => {
        const result = run(one);
        const short = one.candidates.filter((each) => open(one, each).length < one.k - each.kept.length);
        expect('judges' in result).toBe(short.length === 0);
        if ('judges' in result) return;
        const { candidateId, needed, left } = result;
        const named = short.find(({ id }) => id === candidateId)!;
        expect({ needed, left }).toEqual({ needed: one.k - named.kept.length, left: open(one, named).length });
      }),
      { numRuns: 300 },
    );
  });

  test('without conflicts loads differ by one at the most', () => {
    fc.assert(
      fc.property(panel, (any) => {
        const candidates = any.candidates.map((each) => ({ ...each, kept: [] }));
        const one = { ...any, candidates, conflicts: new Map(), k: Math.min(any.k, any.judges.length) };
        const loads = sorted(loadsOf(one, (run(one) as { judges: Map<string, string[]> }).judges));
        expect(loads.at(-1)! - loads[0]!).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  test('with conflicts loads are as even as trying everything could make them', () => {
    const small = panel.map((one) => ({
      ...one,
      candidates: one.candidates.slice(0, 4),
      judges: one.judges.slice(0, 5),
    }));
    fc.assert(
      fc.property(small, (one) => {
        const result = run(one);
        if ('judges' in result) expect(sorted(loadsOf(one, result.judges))).toEqual(bestLoads(one));
      }),
      { numRuns: 200 },
    );
  });

  test('the order in which candidates and judges are given changes nothing', () => {
    fc.assert(
      fc.property(panel, fc.nat(), (one, other) => {
        const random = seededRandom(other);
        const mixed = {
          ...one,
          candidates: shuffled(one.candidates, random),
          judges: shuffled(one.judges, random),
        };
        const [here, there] = [run(one), run(mixed)];
        if ('judges' in here && 'judges' in there)
          expect(new Map([...there.judges].sort())).toEqual(new Map([...here.judges].sort()));
        else expect(there).toEqual(here);
      }),
      { numRuns: 200 },
    );
  });

  test('under other names of judges, and with another seed, loads are as even', () => {
    fc.assert(
      fc.property(panel, fc.nat(), (one, seed) => {
        const renamed = (id: string) => `x${9 - Number(id.slice(1))}`;
        const other = {
          ...one,
          seed,
          judges: one.judges.map(renamed),
          candidates: one.candidates.map((each) => ({ ...each, kept: each.kept.map(renamed) })),
          conflicts: new Map([...one.conflicts].map(([id, firms]) => [renamed(id), firms])),
        };
        const [here, there] = [run(one), run(other)];
        expect('judges' in there).toBe('judges' in here);
        if ('judges' in here && 'judges' in there)
          expect(sorted(loadsOf(other, there.judges))).toEqual(sorted(loadsOf(one, here.judges)));
      }),
      { numRuns: 200 },
    );
  });

  test('a judge barred from all but one firm takes her share of that, and the others make up for it', () => {
    const candidates = Array.from({ length: 20 }, (_, i) => ({ id: `c${i}`, origin: i < 10 ? 'A' : 'B', kept: [] }));
    const conflicts = new Map([['ann', new Set(['B'])]]);
    const result = run({ candidates, judges: ['ann', 'bob', 'eve', 'joe'], conflicts, k: 2, seed: 7 });
    const { judges } = result as { judges: Map<string, string[]> };
    expect(candidates.filter(({ id, origin }) => origin === 'B' && judges.get(id)!.includes('ann'))).toEqual([]);
    const load = (judge: string) => [...judges.values()].filter((given) => given.includes(judge)).length;
    expect(['ann', 'bob', 'eve', 'joe'].map(load)).toEqual([10, 10, 10, 10]);
  });

  test('the judges of a candidate mix: they are not always the same three together', () => {
    const candidates = Array.from({ length: 60 }, (_, i) => ({ id: `c${i}`, origin: 'A', kept: [] }));
    const judgesOfAll = ['a', 'b', 'c', 'd', 'e', 'f'];
    const result = run({ candidates, judges: judgesOfAll, conflicts: new Map(), k: 3, seed: 1 });
    const { judges } = result as { judges: Map<string, string[]> };
    const boards = new Set([...judges.values()].map((given) => [...given].sort().join('')));
    expect(boards.size).toBeGreaterThan(8);
  });
});
