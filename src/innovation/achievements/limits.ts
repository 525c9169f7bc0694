export const LONGEST_TITLE = 100;
export const LONGEST_FIELD = 40;
export const LONGEST_SUMMARY = 500;
export const LONGEST_TEXT = 20_000;
export const LONGEST_EFFECT = 2000;
/** Of one thing that is missing, and of why something is decided. */
export const LONGEST_REASON = 300;
export const MOST_AUTHORS = 20;
export const MOST_STUDIOS = 20;
/** That one who declares may have at a time. */
export const MOST_DRAFTS = 20;
/** Things missing that a return can name. */
export const MOST_MISSING = 20;
/** Steps of a history that its view shows, the newest. */
export const STEPS_SHOWN = 50;
/** Of what is searched for. */
export const LONGEST_SEARCH = 40;
