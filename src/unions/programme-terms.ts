import type { Refusal } from '../platform/result.ts';
import { isName } from './name.ts';
import { nameMalformed, termOutOfRange } from './refusals.ts';

/** What a union sets for a programme. */
export interface ProgrammeTerms {
  name: string;
  /** What the union pays a merchant for one point, in fen. */
  pointPriceFen: number;
  /** Days that points can be spent, the day on which they were earned being day 1. */
  pointsLiveDays: number;
  /** Minutes within which a merchant may undo the use of a voucher. */
  undoMinutes: number;
}

const RANGES = {
  pointPriceFen: [0, 1_000_000],
  pointsLiveDays: [1, 36_500],
  undoMinutes: [0, 1_440],
} as const;

/** The refusal of terms that cannot be (NAME_MALFORMED, TERM_OUT_OF_RANGE), or undefined. */
export function badTerms(terms: ProgrammeTerms): Refusal | undefined {
  if (!isName(terms.name)) return nameMalformed;
  for (const term of Object.keys(RANGES) as (keyof typeof RANGES)[]) {
    const [least, most] = RANGES[term];
    const value = terms[term];
    if (!Number.isInteger(value) || value < least || value > most) return termOutOfRange(term, least, most);
  }
  return undefined;
}
