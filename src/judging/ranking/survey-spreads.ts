import { marksOf, millionths } from './marks.ts';
import type { Measures } from './measures.ts';
import type { RankedCriterion, RankingTerms } from './terms.ts';

/** Scores of one criterion, above the least of its scale, as sums that are exact whatever their order. */
interface Spread {
  count: number;
  sum: number;
  squares: bigint;
}

/** What the scores that a judge gave in a criterion, as they were given, add up to. */
export interface ScoreSums extends Spread {
  judgeId: string;
  /** Its number. */
  criterion: number;
}

/** How a judge's scores in a criterion are moved and stretched until their mean and spread are those of all judges. */
interface Line {
  count: number;
  sum: number;
  /** Of all judges. */
  mean: number;
  /** 0 for a judge who gave everybody the same: then all of hers count for the mean. */
  steepness: number;
}

/** The lines of the judges by their ids, for each criterion one. */
type Lines = Record<string, Line[]>;

/** What normalises the scores of these judges in all criteria; every judge who scored in one has a sum of it. */
export function measuresBySpreads({ criteria }: RankingTerms, sums: readonly ScoreSums[]): Measures {
  const none = (): Spread[] => criteria.map(() => ({ count: 0, sum: 0, squares: 0n }));
  const all = none();
  const ofJudges = new Map<string, Spread[]>();
  for (const one of sums) {
    const spread = aboveLeast(one, criteria[one.criterion - 1]!);
    const ofJudge = ofJudges.get(one.judgeId) ?? none();
    ofJudges.set(one.judgeId, ofJudge);
    for (const spreads of [ofJudge, all]) addSpread(spreads[one.criterion - 1]!, spread);
  }
  const judges = [...ofJudges].sort(([a], [b]) => (a < b ? -1 : 1));
  return measuresBy(
    Object.fromEntries(judges.map(([id, spreads]) => [id, spreads.map((own, i) => lineOf(own, all[i]!))])),
  );
}

/** The measures that a version kept. */
export function measuresKept(kept: string): Measures {
  return measuresBy(JSON.parse(kept));
}

function measuresBy(lines: Lines): Measures {
  return {
    marksOf(judgeId, criterion, value) {
      if (judgeId === '') return marksOf(value, criterion);
      const { count, sum, mean, steepness } = lines[judgeId]![criterion.number - 1]!;
      const { scaleMin, scaleMax } = criterion;
      const moved = mean + (count * (value - scaleMin) - sum) * steepness;
      return millionths(moved / (scaleMax - scaleMin));
    },
    kept: JSON.stringify(lines),
  };
}

/** The same scores, each less the least of the scale. */
function aboveLeast({ count, sum, squares }: ScoreSums, { scaleMin }: RankedCriterion): Spread {
  const [least, whole] = [BigInt(scaleMin), BigInt(sum)];
  return {
    count,
    sum: sum - count * scaleMin,
    squares: squares - 2n * least * whole + BigInt(count) * least * least,
  };
}

function addSpread(spread: Spread, { count, sum, squares }: Spread): void {
  spread.count += count;
  spread.sum += sum;
  spread.squares += squares;
}

function lineOf(own: Spread, all: Spread): Line {
  const deviation = rootOf(own);
  const steepness = deviation === 0 ? 0 : rootOf(all) / (all.count * deviation);
  // Nobody judges an objective criterion.
  return { count: own.count, sum: own.sum, mean: all.count === 0 ? 0 : all.sum / all.count, steepness };
}

/** The standard deviation times the number of scores: the root of a whole number, which is reckoned exactly. */
function rootOf({ count, sum, squares }: Spread): number {
  return Math.sqrt(Number(BigInt(count) * squares - BigInt(sum) * BigInt(sum)));
}
