import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marksOf, type Scored } from '../../../src/judging/ranking/marks.ts';
import { candidate, criteriaOf, panels, rankAll, terms } from './panels.ts';

const marks = (value: number) => Math.round(value * 1_000_000);

describe('the total of a candidate', () => {
  test('is the sum of the means of its criteria by their weights, on a scale of 100 whatever the scales are', () => {
    const criteria = criteriaOf(60, 40);
    criteria[1] = { ...criteria[1]!, scaleMin: -5_000, scaleMax: 5_000 };
    const [first] = rankAll(terms({ criteria }), [candidate(1, [90, 5], [80, 0], [70, 2])]);
    expect(first!.reckoned.criteria.map((one) => one.marks)).toEqual([marks(80), marks(73.333333)]);
    expect(first!.total).toBe(marks(0.6 * 80) + Math.round(0.4 * marks(73.333333)));
  });

  test('is 100 marks for the most of every scale and 0 for the least, by each way of aggregating', () => {
    for (const aggregate of ['mean', 'trimmed_mean', 'rank_sum'] as const) {
      const ranked = rankAll(terms({ aggregate, criteria: criteriaOf(30, 70) }), [
        candidate(1, [0, 0], [0, 0], [0, 0]),
        candidate(2, [100, 100], [100, 100], [100, 100]),
      ]);
      expect(ranked.map(({ total }) => total)).toEqual([marks(100), 0]);
    }
  });

  test('counts an objective score as it is, whatever is done to those of judges', () => {
    const [judged, objective] = criteriaOf(50, 50);
    const criteria = [judged!, { ...objective!, kind: 'objective' as const }];
    const scored = (number: number, by: number[], measured: number): Scored => ({
      ...candidate(number),
      sheets: [
        ...by.map((score, j) => ({ judgeId: `j${j}`, values: [score * 1000, undefined] })),
        { judgeId: '', values: [undefined, measured * 1000] },
      ],
    });
    for (const normalise of ['none', 'z_score'] as const) {
      for (const aggregate of ['mean', 'trimmed_mean', 'rank_sum'] as const) {
        const given = [scored(1, [50, 60, 70], 12.5), scored(2, [50, 60, 70], 90)];
        const ranked = rankAll(terms({ normalise, aggregate, criteria }), given);
        expect(ranked.map(({ reckoned }) => reckoned.criteria[1]!.marks)).toEqual([marks(90), marks(12.5)]);
        expect(ranked[0]!.total - ranked[1]!.total).toBe(marks((90 - 12.5) / 2));
      }
    }
  });
});

describe('a trimmed mean', () => {
  test('drops one highest and one lowest of three or more scores in each criterion, and says whose', () => {
    const by = terms({ aggregate: 'trimmed_mean', criteria: criteriaOf(50, 50) });
    const [first] = rankAll(by, [candidate(1, [90, 10], [80, 50], [70, 60], [60, 90])]);
    expect(first!.reckoned.criteria.map((one) => one.marks)).toEqual([marks(75), marks(55)]);
    const dropped = first!.reckoned.criteria.map(({ scores }) =>
      scores.filter(({ isDropped }) => isDropped).map(({ judgeId }) => judgeId),
    );
    expect(dropped).toEqual([
      ['A', 'D'],
      ['A', 'D'],
    ]);
  });

  test('keeps both of two scores', () => {
    const [first] = rankAll(terms({ aggregate: 'trimmed_mean' }), [candidate(1, 90, 70)]);
    expect(first!.total).toBe(marks(80));
  });

  test('never rewards an outlier: whatever one judge gives, the result stays among what the others gave', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 0, max: 100_000 }), (others, outlier) => {
        const given = candidate(1, ...[...others, outlier].map((score) => score / 1000));
        const [{ total } = { total: -1 }] = rankAll(terms({ aggregate: 'trimmed_mean' }), [given]);
        const [scale] = criteriaOf(100);
        expect(total).toBeGreaterThanOrEqual(marksOf(Math.min(...others), scale!));
        expect(total).toBeLessThanOrEqual(marksOf(Math.max(...others), scale!));
      }),
    );
  });

  test('is the same however far the highest score lies above the others, or the lowest below them', () => {
    fc.assert(
      fc.property(
        panels({ normalise: ['none'], aggregate: ['trimmed_mean'], all: true }),
        ({ terms: by, candidates }) => {
          fc.pre(candidates[0]!.sheets.filter(({ judgeId }) => judgeId !== '').length >= 3);
          const stretched = candidates.map((one) => ({
            ...one,
            sheets: one.sheets.map((sheet) => ({
              ...sheet,
              values: sheet.values.map((value, i) => {
                const ofJudges = one.sheets.filter(({ judgeId }) => judgeId !== '').map(({ values }) => values[i]!);
                const isAlone = (extreme: number) => ofJudges.filter((other) => other === extreme).length === 1;
                const { scaleMin, scaleMax, kind } = by.criteria[i]!;
                if (value === undefined || kind === 'objective' || !isAlone(value)) return value;
                if (value === Math.max(...ofJudges)) return scaleMax;
                return value === Math.min(...ofJudges) ? scaleMin : value;
              }),
            })),
          }));
          const found = (given: readonly Scored[]) =>
            rankAll(by, given).map(({ candidateId, total }) => ({ candidateId, total }));
          expect(found(stretched)).toEqual(found(candidates));
        },
      ),
    );
  });
});

describe('the highest single score as a tie-break', () => {
  test('passes over the scores that were dropped', () => {
    const by = terms({ aggregate: 'trimmed_mean', tieBreaks: [{ kind: 'highest_single' }] });
    const ranked = rankAll(by, [candidate(1, 100, 70, 70, 0), candidate(2, 90, 71, 69, 60)]);
    expect(ranked.map(({ candidateId }) => candidateId)).toEqual(['c002', 'c001']);
    expect(ranked.map(({ total }) => total)).toEqual([marks(70), marks(70)]);
  });
});

describe('z-scores', () => {
  test('make a strict and a generous judge count alike', () => {
    const strictFirst = (low: number, high: number): Scored => ({
      ...candidate(0, low, high),
    });
    // Judge A gives 20 to 40, judge B 60 to 100: in their own measures the two are one another's mirror.
    const given = [strictFirst(20, 100), strictFirst(30, 80), strictFirst(40, 60)].map((one, i) => ({
      ...one,
      ...{ candidateId: `c${i}`, number: i + 1 },
    }));
    const ranked = rankAll(terms({ normalise: 'z_score' }), given);
    expect(new Set(ranked.map(({ total }) => total)).size).toBe(1);
    expect(ranked[0]!.total).toBe(marks(55));
  });

  test('leave the mean of all scores in a criterion where it was', () => {
    fc.assert(
      fc.property(panels({ normalise: ['z_score'], aggregate: ['mean'] }), ({ terms: by, candidates }) => {
        const [criterion] = by.criteria;
        const judged = (one: Scored) => one.sheets.filter(({ judgeId }) => judgeId !== '');
        const before = candidates.flatMap((one) => judged(one).map(({ values }) => marksOf(values[0]!, criterion!)));
        const after = rankAll(by, candidates).flatMap(({ reckoned }) =>
          reckoned.criteria[0]!.scores.map((score) => score.marks),
        );
        const mean = (all: readonly number[]) => all.reduce((a, b) => a + b, 0) / all.length;
        // Each is rounded to a millionth.
        expect(Math.abs(mean(after) - mean(before))).toBeLessThanOrEqual(1.5);
      }),
    );
  });

  test('do not let a judge decide who gives everybody the same', () => {
    const ranked = rankAll(terms({ normalise: 'z_score' }), [candidate(1, 80, 60), candidate(2, 80, 70)]);
    expect(ranked.map(({ candidateId }) => candidateId)).toEqual(['c002', 'c001']);
    const [first] = rankAll(terms({ normalise: 'z_score' }), [candidate(1, 80)]);
    expect(first!.total).toBe(marks(80));
  });
});

describe('a rank sum', () => {
  test('orders by the sum of the places that the judges give', () => {
    const ranked = rankAll(terms({ aggregate: 'rank_sum' }), [
      candidate(1, 99, 50, 60),
      candidate(2, 98, 70, 61),
      candidate(3, 10, 60, 62),
    ]);
    // Places: 1 + 3 + 3, 2 + 1 + 2, 3 + 2 + 1.
    expect(ranked.map(({ candidateId }) => candidateId)).toEqual(['c002', 'c003', 'c001']);
    expect(ranked.map(({ total }) => total)).toEqual([marks(66.666667), marks(50), marks(33.333333)]);
    expect(ranked[0]!.reckoned.places.map(({ above }) => above + 1)).toEqual([2, 1, 2]);
  });

  test('equal sums of places are equal totals, however they are made up, when all judges score all', () => {
    fc.assert(
      fc.property(panels({ aggregate: ['rank_sum'], all: true }), ({ terms: by, candidates }) => {
        fc.pre(by.criteria.every(({ kind }) => kind === 'judged'));
        const sum = (places: readonly { above: number; equal: number }[]) =>
          places.reduce((all, { above, equal }) => all + 2 * above + equal, 0);
        const ranked = rankAll(by, candidates).map(({ total, reckoned }) => ({ total, sum: sum(reckoned.places) }));
        for (const [i, one] of ranked.entries()) {
          const above = ranked[i - 1];
          if (above) expect(Math.sign(one.sum - above.sum)).toBe(Math.sign(above.total - one.total));
        }
      }),
    );
  });

  test('of sections of judges each counts by the weights of its criteria', () => {
    const by = terms({ aggregate: 'rank_sum', criteria: criteriaOf(70, 30) });
    const scored = (number: number, first: number, second: number): Scored => ({
      ...candidate(number),
      sheets: [
        { judgeId: 'A', values: [first * 1000, undefined] },
        { judgeId: 'B', values: [undefined, second * 1000] },
      ],
    });
    const ranked = rankAll(by, [scored(1, 90, 10), scored(2, 80, 20)]);
    expect(ranked.map(({ candidateId, total }) => [candidateId, total])).toEqual([
      ['c001', marks(70)],
      ['c002', marks(30)],
    ]);
  });
});

describe('what is missing', () => {
  test('a candidate lacks scores when a criterion has fewer than are needed, or an objective one none', () => {
    const [judged, objective] = criteriaOf(50, 50);
    const criteria = [judged!, { ...objective!, kind: 'objective' as const }];
    const by = terms({ needed: 2, criteria });
    const measured = { judgeId: '', values: [undefined, 1000] };
    const whole: Scored = { ...candidate(1, 5, 6), sheets: [...candidate(1, 5, 6).sheets, measured] };
    const late: Scored = { ...candidate(2, 5), sheets: [...candidate(2, 5).sheets, measured] };
    const unmeasured = candidate(3, 5, 6);
    const lacking = rankAll(by, [whole, late, unmeasured]).filter(({ reckoned }) => reckoned.isLacking);
    expect(lacking.map(({ candidateId }) => candidateId).sort()).toEqual(['c002', 'c003']);
  });
});
