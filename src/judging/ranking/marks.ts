import { WHOLE } from '../limits.ts';
import type { RankedCriterion } from './terms.ts';

/**
 * Marks 得分 are whole millionths: a whole scale is 100 marks, whatever it is. They are what sums, means and orders are
 * made of, so nothing depends on the order in which scores come. Where one has to be rounded, it is a single division of
 * whole numbers to the nearest millionth, which gives the same on every machine and never turns an order round.
 */
export const FULL = 100_000_000;

/** What one judge, or with an empty id the files of objective results, gave a candidate. */
export interface ScoredSheet {
  judgeId: string;
  /** In thousandths: that of criterion 1 first, nothing where she does not judge one. */
  values: readonly (number | undefined)[];
}

/** A candidate with the sheets that count, in any order, one for each judge. */
export interface Scored {
  candidateId: string;
  /** Its number of order. */
  number: number;
  sheets: readonly ScoredSheet[];
}

/** The marks of a score in thousandths by the scale of its criterion. */
export function marksOf(value: number, { scaleMin, scaleMax }: RankedCriterion): number {
  return millionths((value - scaleMin) / (scaleMax - scaleMin));
}

/** A part of the whole scale in marks. */
export function millionths(part: number): number {
  // Adding 0 makes 0 of the -0 to which a small negative part is rounded.
  return Math.round(part * FULL) + 0;
}

/** The total of marks that were each multiplied by a weight in hundredths of a percent. */
export function totalOf(weighted: number): number {
  return Math.round(weighted / WHOLE) + 0;
}

/** Marks as people read them, 0 to 100. */
export function inHundred(marks: number): number {
  return marks / (FULL / 100);
}
