export const LONGEST_STATEMENT = 2000;
/** Of a round. */
export const LONGEST_ROUND_NAME = 100;
/** For how long a studio can be named. */
export const LONGEST_TERM_MONTHS = 120;
/** Studios on the list of one round. */
export const MOST_LISTED = 500;
