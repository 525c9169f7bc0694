import fc from 'fast-check';
import type { Aggregation, Normalisation, TieBreak } from '../../../src/judging/panels/panel.entity.ts';
import { type Reckoned, reckon } from '../../../src/judging/ranking/aggregate.ts';
import type { Scored } from '../../../src/judging/ranking/marks.ts';
import { type Measures, plainMeasures } from '../../../src/judging/ranking/measures.ts';
import { gatherStandings, keysOf, type RankedCandidate } from '../../../src/judging/ranking/rank.ts';
import { surveyPlaces } from '../../../src/judging/ranking/survey-places.ts';
import { measuresBySpreads, type ScoreSums } from '../../../src/judging/ranking/survey-spreads.ts';
import type { RankedCriterion, RankingTerms } from '../../../src/judging/ranking/terms.ts';

/** Criteria of a scale from 0 to 100, judged, with these weights in percent. */
export function criteriaOf(...weights: number[]): RankedCriterion[] {
  return weights.map((weight, i) => ({
    ...{ number: i + 1, kind: 'judged' as const, weight: weight * 100, scaleMin: 0, scaleMax: 100_000 },
  }));
}

export function terms(overrides: Partial<RankingTerms> = {}): RankingTerms {
  return { normalise: 'none', aggregate: 'mean', tieBreaks: [], needed: 1, criteria: criteriaOf(100), ...overrides };
}

/** A candidate with what each judge gave it, in the order of judges A, B, C …; a list for more criteria than one. */
export function candidate(number: number, ...given: (number | number[])[]): Scored {
  const sheets = given.map((scores, i) => ({
    judgeId: String.fromCharCode(65 + i),
    values: [scores].flat().map((score) => score * 1000),
  }));
  return { candidateId: `c${String(number).padStart(3, '0')}`, number, sheets };
}

export interface Ranked extends RankedCandidate {
  reckoned: Reckoned;
}

/** Ranks candidates as a stored version is made, all in memory. */
export function rankAll(by: RankingTerms, candidates: readonly Scored[]): Ranked[] {
  const measures = measuresOf(by, candidates);
  const standings = gatherStandings(by.tieBreaks);
  const all = new Map(candidates.map((one) => [one.candidateId, reckon(by, measures, one.sheets)]));
  for (const { candidateId, number } of candidates) {
    const reckoned = all.get(candidateId)!;
    const keys = keysOf(by.tieBreaks, reckoned, number);
    standings.add({ candidateId, total: reckoned.total, keys, detail: candidateId });
  }
  const ranked = standings.rank();
  return Array.from({ length: ranked.length }, (_, i) => {
    const one = ranked.at(i + 1);
    return { ...one, reckoned: all.get(one.candidateId)! };
  });
}

function measuresOf(by: RankingTerms, candidates: readonly Scored[]): Measures {
  if (by.aggregate === 'rank_sum') {
    const survey = surveyPlaces(by);
    for (const one of candidates) survey.add(one);
    return survey.finish();
  }
  return by.normalise === 'none' ? plainMeasures : measuresBySpreads(by, sumsOf(candidates));
}

/** What the server sums: the scores of each judge in each criterion. */
export function sumsOf(candidates: readonly Scored[]): ScoreSums[] {
  const sums = new Map<string, ScoreSums>();
  for (const { judgeId, values } of candidates.flatMap(({ sheets }) => sheets)) {
    if (judgeId === '') continue;
    for (const [i, value] of values.entries()) {
      if (value === undefined) continue;
      const place = `${judgeId} ${i + 1}`;
      const { count, sum, squares } = sums.get(place) ?? { count: 0, sum: 0, squares: 0n };
      const exact = BigInt(value);
      const grown = { count: count + 1, sum: sum + value, squares: squares + exact * exact };
      sums.set(place, { judgeId, criterion: i + 1, ...grown });
    }
  }
  return [...sums.values()];
}

export interface Panel {
  terms: RankingTerms;
  candidates: Scored[];
}

interface Limits {
  normalise?: Normalisation[];
  aggregate?: Aggregation[];
  /** Whether every judge scores every candidate. */
  all?: boolean;
}

const tieBreak = (criteria: number): fc.Arbitrary<TieBreak> =>
  fc.oneof(
    fc.integer({ min: 1, max: criteria }).map((number): TieBreak => ({ kind: 'criterion', number })),
    fc.constant<TieBreak>({ kind: 'highest_single' }),
    fc.constant<TieBreak>({ kind: 'earlier_entry' }),
  );

/** Panels of a few candidates, whose scores are coarse so that there are ties. The first criterion is judged. */
export function panels({ normalise, aggregate, all }: Limits = {}): fc.Arbitrary<Panel> {
  return fc
    .record({
      normalise: fc.constantFrom<Normalisation>(...(normalise ?? ['none', 'z_score'])),
      aggregate: fc.constantFrom<Aggregation>(...(aggregate ?? ['mean', 'trimmed_mean', 'rank_sum'])),
      weights: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
      isObjective: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      least: fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 4 }),
      judges: fc.integer({ min: 1, max: 6 }),
      step: fc.constantFrom(1, 500, 10_000),
    })
    .chain(({ weights, isObjective, least, judges, step, ...how }) => {
      const sum = weights.reduce((a, b) => a + b, 0);
      const criteria = weights.map(
        (weight, i): RankedCriterion => ({
          number: i + 1,
          kind: i > 0 && isObjective[i]! ? 'objective' : 'judged',
          // The first makes the sum whole.
          weight:
            i === 0
              ? 10_000 - weights.slice(1).reduce((a, b) => a + Math.round((b / sum) * 9_000), 0)
              : Math.round((weight / sum) * 9_000),
          scaleMin: least[i]! * 1000,
          scaleMax: least[i]! * 1000 + 20 * step,
        }),
      );
      const value = fc.integer({ min: 0, max: 20 });
      const given = fc.record({
        judged: fc.array(fc.array(value, { minLength: 4, maxLength: 4 }), { minLength: judges, maxLength: judges }),
        objective: fc.array(value, { minLength: 4, maxLength: 4 }),
        left: fc.subarray(
          Array.from({ length: judges }, (_, j) => j),
          { minLength: all ? judges : 1 },
        ),
      });
      const valuesOf = (kind: string, values: readonly number[]) =>
        criteria.map((one, i) => (one.kind === kind ? one.scaleMin + values[i]! * step : undefined));
      return fc.record({
        terms: fc
          .uniqueArray(tieBreak(criteria.length), { maxLength: 3, selector: (one) => JSON.stringify(one) })
          .map((tieBreaks) => ({
            ...how,
            ...{ tieBreaks, needed: 1, criteria },
          })),
        candidates: fc.array(given, { minLength: 1, maxLength: 12 }).map((each) =>
          each.map(
            ({ judged, objective, left }, n): Scored => ({
              candidateId: `c${String((n * 7) % 12).padStart(3, '0')}`,
              number: n + 1,
              sheets: [
                ...(criteria.some(({ kind }) => kind === 'objective')
                  ? [{ judgeId: '', values: valuesOf('objective', objective) }]
                  : []),
                ...left.map((j) => ({ judgeId: `j${j}`, values: valuesOf('judged', judged[j]!) })),
              ],
            }),
          ),
        ),
      });
    });
}
