/** How a benefit was reckoned. */
export const LONGEST_HOW = 2000;
export const LONGEST_NOTE = 500;
export const LONGEST_REASON = 300;
/** Of one achievement, in fen. */
export const LARGEST_BENEFIT = 10_000_000_000_000;
