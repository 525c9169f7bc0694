export const LONGEST_NAME = 60;
export const LONGEST_FIELD = 40;
export const LONGEST_PREMISES = 200;
export const LONGEST_ABOUT = 2000;
export const LONGEST_DUTY = 60;
export const LONGEST_REASON = 300;
/** Of a plan or report of a year. */
export const LONGEST_YEAR_TEXT = 5000;
/** Of one studio. */
export const MOST_TAGS = 10;
/** Who is in one studio at a time, its leader counted. */
export const MOST_MEMBERS = 100;
/** The level of skill that a skilled worker must have on record to lead: 高级工. */
export const LEAST_SKILL = 3;
