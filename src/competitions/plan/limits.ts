export const LONGEST_NAME = 100;
/** Of a division, a stage or an award. */
export const LONGEST_PART = 60;
export const LONGEST_GROUP = 20;
export const LONGEST_ABOUT = 2000;
export const LONGEST_REASON = 300;
export const MOST_DIVISIONS = 20;
export const MOST_STAGES = 200;
export const MOST_AWARDS = 50;
export const LARGEST_TEAM = 50;
/** The last place that an award can reach. */
export const LAST_PLACE = 10_000;
/** Of one place, in fen; with the limits above, all subsidies together stay within whole numbers. */
export const LARGEST_SUBSIDY = 10_000_000_000;
export const LARGEST_BUDGET = 1_000_000_000_000;
/** How many troubles of a plan are told at once. */
export const MOST_TROUBLES = 50;
