import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scored } from '../../../src/judging/ranking/marks.ts';
import { gatherStandings } from '../../../src/judging/ranking/rank.ts';
import { candidate, criteriaOf, panels, type Ranked, rankAll, terms } from './panels.ts';

/** What a version of a ranking keeps. */
const kept = (ranked: readonly Ranked[]) =>
  ranked.map(({ candidateId, total, decidedBy, reckoned }) => ({ candidateId, total, decidedBy, reckoned }));

describe('a ranking', () => {
  test('is a total order: everybody has one place, and totals never rise on the way down', () => {
    fc.assert(
      fc.property(panels(), ({ terms: by, candidates }) => {
        const ranked = rankAll(by, candidates);
        expect(ranked.map(({ candidateId }) => candidateId).sort()).toEqual(
          candidates.map(({ candidateId }) => candidateId).sort(),
        );
        for (const [i, one] of ranked.entries()) {
          const above = ranked[i - 1];
          if (above) expect(above.total).toBeGreaterThanOrEqual(one.total);
        }
      }),
    );
  });

  test('never puts a candidate behind one to whom every judge gave less', () => {
    fc.assert(
      fc.property(panels({ all: true }), ({ terms: by, candidates }) => {
        const ranked = rankAll(by, candidates);
        const scoresOf = ({ candidateId }: Ranked) =>
          candidates.find((one) => one.candidateId === candidateId)!.sheets.flatMap(({ values }) => values);
        for (const [i, one] of ranked.entries()) {
          for (const behind of ranked.slice(i + 1)) {
            const mine = scoresOf(one);
            const isLess = scoresOf(behind).every((value, at) => value === undefined || value > mine[at]!);
            expect(isLess).toBe(false);
          }
        }
      }),
    );
  });

  test('is the same in whatever order judges and candidates come', () => {
    fc.assert(
      fc.property(panels(), fc.infiniteStream(fc.nat()), ({ terms: by, candidates }, numbers) => {
        const mixed = <T>(list: readonly T[]): T[] =>
          list
            .map((one) => ({ one, at: numbers.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
        const shuffled = mixed(candidates).map((one): Scored => ({ ...one, sheets: mixed(one.sheets) }));
        expect(kept(rankAll(by, shuffled))).toEqual(kept(rankAll(by, candidates)));
      }),
    );
  });

  test('is the same whatever the judges are called', () => {
    fc.assert(
      fc.property(panels(), ({ terms: by, candidates }) => {
        const renamed = candidates.map((one) => ({
          ...one,
          sheets: one.sheets.map(({ judgeId, values }) => ({
            judgeId: judgeId === '' ? '' : `k${9 - Number(judgeId.slice(1))}`,
            values,
          })),
        }));
        const places = (ranked: readonly Ranked[]) =>
          ranked.map(({ candidateId, total, decidedBy }) => ({ candidateId, total, decidedBy }));
        expect(places(rankAll(by, renamed))).toEqual(places(rankAll(by, candidates)));
      }),
    );
  });

  test('has names for what decided wherever two totals are equal, and only there', () => {
    fc.assert(
      fc.property(panels(), ({ terms: by, candidates }) => {
        const ranked = rankAll(by, candidates);
        for (const [i, one] of ranked.entries())
          expect(one.decidedBy !== null).toBe(i > 0 && ranked[i - 1]!.total === one.total);
      }),
    );
  });
});

test('thousands of candidates keep their ids and details', () => {
  const standings = gatherStandings([]);
  const numbers = Array.from({ length: 2500 }, (_, i) => (i * 7) % 2500);
  for (const number of numbers)
    standings.add({ candidateId: `c${number}`, total: number, keys: [], detail: 'x'.repeat(number % 5) });
  const ranked = standings.rank();
  expect(ranked.length).toBe(2500);
  for (let place = 1; place <= 2500; place++) {
    const total = 2500 - place;
    const expected = { candidateId: `c${total}`, total, detail: 'x'.repeat(total % 5), decidedBy: null };
    expect(ranked.at(place)).toEqual(expected);
  }
});

describe('tie-breaks', () => {
  const tied = [candidate(1, [60, 80]), candidate(2, [80, 60]), candidate(3, [70, 70])];
  const order = (tieBreaks: Parameters<typeof terms>[0]) =>
    rankAll(terms({ criteria: criteriaOf(50, 50), ...tieBreaks }), tied).map(({ candidateId, decidedBy }) => [
      candidateId,
      decidedBy?.kind,
    ]);

  test('by a criterion: who has more in it stands first', () => {
    expect(order({ tieBreaks: [{ kind: 'criterion', number: 2 }] })).toEqual([
      ['c001', undefined],
      ['c003', 'criterion'],
      ['c002', 'criterion'],
    ]);
  });

  test('are tried one after the other', () => {
    expect(order({ tieBreaks: [{ kind: 'highest_single' }, { kind: 'earlier_entry' }] })).toEqual([
      ['c001', undefined],
      ['c002', 'earlier_entry'],
      ['c003', 'highest_single'],
    ]);
  });

  test('where none of them decides, the order of the ids does, and it is said', () => {
    expect(order({})).toEqual([
      ['c001', undefined],
      ['c002', 'id'],
      ['c003', 'id'],
    ]);
  });
});
