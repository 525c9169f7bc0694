import { marksOf, type Scored, type ScoredSheet } from './marks.ts';
import type { Measures } from './measures.ts';
import type { RankingTerms } from './terms.ts';

/** Is told of all candidates, in any order, and then measures each of them. */
export interface Survey {
  add(scored: Scored): void;
  finish(): Measures;
}

/** Puts the sheets of each judge in order by what they come to as a whole. */
export function surveyPlaces(terms: RankingTerms): Survey {
  const given = new Map<string, number[]>();
  return {
    add({ sheets }) {
      for (const sheet of sheets) {
        if (sheet.judgeId === '') continue;
        const totals = given.get(sheet.judgeId);
        if (totals) totals.push(sheetTotal(terms, sheet));
        else given.set(sheet.judgeId, [sheetTotal(terms, sheet)]);
      }
    },
    finish() {
      const sorted = new Map([...given].map(([judgeId, totals]) => [judgeId, Float64Array.from(totals).sort()]));
      return {
        marksOf: (_judge, criterion, value) => marksOf(value, criterion),
        placeOf(sheet) {
          const totals = sorted.get(sheet.judgeId)!;
          const total = sheetTotal(terms, sheet);
          const below = countFirst(totals, (other) => other < total);
          const notAbove = countFirst(totals, (other) => other <= total);
          return { above: totals.length - notAbove, equal: notAbove - below - 1, of: totals.length };
        },
        kept: null,
      };
    },
  };
}

/** What a judge's whole sheet comes to by weights. */
function sheetTotal({ criteria }: RankingTerms, { values }: ScoredSheet): number {
  return criteria.reduce((sum, criterion, i) => {
    const value = values[i];
    return value === undefined ? sum : sum + criterion.weight * marksOf(value, criterion);
  }, 0);
}

/** How many fulfil a condition that the first of them fulfil and the others do not. */
function countFirst(sorted: Float64Array, fulfils: (one: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fulfils(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
