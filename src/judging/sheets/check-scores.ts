import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Criterion } from '../panels/criterion.entity.ts';
import { criterionUnknown, scoreOffScale, sheetIncomplete } from './refusals.ts';
import type { Scores } from './sheet.entity.ts';

/** A score as a judge gives it. */
export interface ScoreGiven {
  /** The number of the criterion. */
  criterion: number;
  /** In thousandths. */
  score: number;
}

/**
 * The scores of a sheet whose judge judges these criteria; each may be given once, and all must be when it is to be
 * `complete`. Refusals: CRITERION_UNKNOWN, SCORE_OFF_SCALE, SHEET_INCOMPLETE.
 */
export function checkScores(
  criteria: readonly Criterion[],
  given: readonly ScoreGiven[],
  { complete }: { complete: boolean },
): Result<Scores> {
  const scores = new Map<number, number>();
  for (const [i, { criterion: number, score }] of given.entries()) {
    const criterion = criteria.find((one) => one.number === number);
    if (!criterion || scores.has(number)) return refuse(criterionUnknown(i));
    const { name, scaleMin, scaleMax } = criterion;
    if (score < scaleMin || score > scaleMax)
      return refuse(scoreOffScale(`scores.${i}.score`, name, scaleMin, scaleMax));
    scores.set(number, score);
  }
  const missing = criteria.filter(({ number }) => !scores.has(number));
  return complete && missing.length > 0 ? refuse(sheetIncomplete(missing.map(({ name }) => name))) : accept(scores);
}
