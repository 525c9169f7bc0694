import { marksOf, millionths } from './marks.ts';
import type { Measures, Survey } from './measures.ts';
import type { RankingTerms } from './terms.ts';

/** Scores of one criterion, above the least of its scale, as sums that are exact whatever their order. */
interface Spread {
  count: number;
  sum: number;
  squares: bigint;
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

/** Learns how strict each judge is in each criterion, and how far she spreads her scores. */
export function surveySpreads({ criteria }: RankingTerms): Survey {
  const none = (): Spread[] => criteria.map(() => ({ count: 0, sum: 0, squares: 0n }));
  const all = none();
  const ofJudges = new Map<string, Spread[]>();
  return {
    add({ sheets }) {
      for (const { judgeId, values } of sheets) {
        if (judgeId === '') continue;
        const ofJudge = ofJudges.get(judgeId) ?? none();
        ofJudges.set(judgeId, ofJudge);
        for (const [i, { scaleMin }] of criteria.entries()) {
          const value = values[i];
          if (value === undefined) continue;
          for (const spread of [ofJudge[i]!, all[i]!]) addScore(spread, value - scaleMin);
        }
      }
    },
    finish() {
      const judges = [...ofJudges].sort(([a], [b]) => (a < b ? -1 : 1));
      return measuresBy(
        Object.fromEntries(judges.map(([id, spreads]) => [id, spreads.map((own, i) => lineOf(own, all[i]!))])),
      );
    },
  };
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

function addScore(spread: Spread, score: number): void {
  spread.count += 1;
  spread.sum += score;
  const exact = BigInt(score);
  spread.squares += exact * exact;
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
