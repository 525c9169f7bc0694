export const LONGEST_NAME = 100;
/** Of a category, a grade or a reserve. */
export const LONGEST_PART = 60;
export const LONGEST_HONOUR = 100;
export const LONGEST_FIELD = 40;
export const LONGEST_ABOUT = 2000;
export const LONGEST_REASON = 300;
export const MOST_CATEGORIES = 40;
export const MOST_FIELDS = 50;
export const MOST_GRADES = 10;
export const MOST_RESERVES = 10;
/** Of one category: with the limits above, a notice has room for the list. */
export const MOST_HONOURS = 1000;
export const MOST_EMPLOYEES = 1_000_000;
/** How many troubles of a plan are told at once. */
export const MOST_TROUBLES = 50;
