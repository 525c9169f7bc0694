export const LONGEST_NUMBER = 40;
export const LONGEST_NAME = 100;
export const LONGEST_PURPOSE = 100;
export const LONGEST_REFERENCE = 60;
export const LONGEST_REASON = 300;
/** Of one contract, in fen. */
export const LARGEST_FUND = 10_000_000_000_000;
/** Rows of a table of rewards. */
export const MOST_ROWS = 20;
export const MOST_COVERED = 10_000_000;
/** Hundredths of a per cent. */
export const WHOLE = 10_000;
