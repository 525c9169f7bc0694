import { groupBy } from '../../platform/group-by.ts';
import { millionths, type ScoredSheet, totalOf } from './marks.ts';
import type { Measures, SheetPlace } from './measures.ts';
import type { RankingTerms } from './terms.ts';

/** What one score of a candidate came to in its criterion. */
export interface CountedScore {
  /** Empty for an objective one. */
  judgeId: string;
  /** As it was given, in thousandths. */
  value: number;
  /** In marks, after normalising. */
  marks: number;
  /** Whether it was left out of the mean as the highest or the lowest. */
  isDropped: boolean;
}

/** What a candidate came to in a criterion. */
export interface CriterionResult {
  /** The mean of the scores that were not dropped, in marks; 0 without any. */
  marks: number;
  /** By judge. */
  scores: CountedScore[];
}

/** What a candidate came to. */
export interface Reckoned {
  /** In marks. */
  total: number;
  criteria: CriterionResult[];
  /** With rank_sum where each judge's sheet stands among hers, by judge; else empty. */
  places: (SheetPlace & { judgeId: string })[];
  /** The highest score that counts in any criterion, in marks. */
  highestSingle: number;
  /** Whether it has fewer scores in a criterion than the terms ask for. */
  isLacking: boolean;
}

/** From how many scores on the highest and the lowest are dropped by trimmed_mean: one has to be left. */
const TRIMMED_FROM = 3;

/**
 * Reckons what a candidate came to: in each criterion the mean of its scores, by trimmed_mean without one highest and one
 * lowest where there are three or more; the total is their sum by weights. By rank_sum, what judges score counts by the
 * order in which each judge's whole sheets stand: the best of hers is worth 100 marks, the last 0, between them in even
 * steps, equals share. Neither the order of the sheets nor that of the candidates matters.
 */
export function reckon(terms: RankingTerms, measures: Measures, sheets: readonly ScoredSheet[]): Reckoned {
  const byJudge = [...sheets].sort((a, b) => (a.judgeId < b.judgeId ? -1 : 1));
  const criteria = terms.criteria.map((criterion, i) => {
    const scores: CountedScore[] = [];
    for (const { judgeId, values } of byJudge) {
      const value = values[i];
      if (value === undefined) continue;
      scores.push({ judgeId, value, marks: measures.marksOf(judgeId, criterion, value), isDropped: false });
    }
    if (terms.aggregate === 'trimmed_mean') dropExtremes(scores);
    return { marks: meanOf(scores), scores };
  });
  const places =
    terms.aggregate === 'rank_sum'
      ? byJudge.filter(isOfJudge).map((sheet) => ({ judgeId: sheet.judgeId, ...measures.placeOf!(sheet) }))
      : [];
  return {
    total: totalOf(
      terms.criteria.reduce(
        (sum, { kind, weight }, i) => {
          const isRanked = terms.aggregate === 'rank_sum' && kind === 'judged';
          return isRanked ? sum : sum + weight * criteria[i]!.marks;
        },
        weightedPlaces(terms, byJudge, places),
      ),
    ),
    criteria,
    places,
    highestSingle: highestOf(criteria),
    isLacking: terms.criteria.some(
      ({ kind }, i) => criteria[i]!.scores.length < (kind === 'objective' ? 1 : terms.needed),
    ),
  };
}

function isOfJudge({ judgeId }: ScoredSheet): boolean {
  return judgeId !== '';
}

/** Of equal ones the first judge's is dropped; which it is changes nothing. */
function dropExtremes(scores: CountedScore[]): void {
  if (scores.length < TRIMMED_FROM) return;
  let highest = scores[0]!;
  for (const score of scores) if (score.marks > highest.marks) highest = score;
  highest.isDropped = true;
  let lowest: CountedScore | undefined;
  for (const score of scores) if (!score.isDropped && !(lowest && lowest.marks <= score.marks)) lowest = score;
  lowest!.isDropped = true;
}

function meanOf(scores: readonly CountedScore[]): number {
  let [sum, count] = [0, 0];
  for (const { marks, isDropped } of scores) {
    if (isDropped) continue;
    sum += marks;
    count += 1;
  }
  return count === 0 ? 0 : Math.round(sum / count) + 0;
}

function highestOf(criteria: readonly CriterionResult[]): number {
  let highest = -Infinity;
  for (const { scores } of criteria)
    for (const { marks, isDropped } of scores) if (!isDropped && marks > highest) highest = marks;
  return highest === -Infinity ? 0 : highest;
}

/** What the places of the sheets come to, by the weights of the criteria that are on them; sections are summed. */
function weightedPlaces(
  { criteria }: RankingTerms,
  byJudge: readonly ScoredSheet[],
  places: readonly SheetPlace[],
): number {
  if (places.length === 0) return 0;
  const judged = byJudge.filter(isOfJudge).map(({ values }, i) => ({ values, place: places[i]! }));
  const sections = groupBy(judged, ({ values }) => criteria.map((_, i) => (values[i] === undefined ? 0 : 1)).join(''));
  return [...sections.values()].reduce((sum, ofSection) => {
    const { values } = ofSection[0]!;
    const weight = criteria.reduce((whole, one, i) => (values[i] === undefined ? whole : whole + one.weight), 0);
    return sum + weight * meanShare(ofSection.map(({ place }) => place));
  }, 0);
}

/**
 * The mean of the shares of others above which sheets stand, in marks. Judges with as many sheets are summed before
 * anything is divided, so that equal sums of places are equal marks.
 */
function meanShare(places: readonly SheetPlace[]): number {
  const sums = new Map<number, number>();
  for (const { above, equal, of } of places) {
    // Twice the number of those below, an equal one being half below. A judge's only sheet stands in the middle.
    const [twice, others] = of === 1 ? [1, 1] : [2 * (of - 1 - above) - equal, of - 1];
    sums.set(others, (sums.get(others) ?? 0) + twice);
  }
  const ordered = [...sums].sort(([a], [b]) => a - b);
  return millionths(ordered.reduce((sum, [others, twice]) => sum + twice / (2 * others), 0) / places.length);
}
