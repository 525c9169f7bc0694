/** Characters of the words of a panel. */
export const LONGEST_NAME = 120;
export const LONGEST_CRITERION = 80;
export const LONGEST_ABOUT = 500;
export const LONGEST_ASKED = 300;
export const LONGEST_REASON = 300;

/** Characters of a candidate's label, to which the domain that adds it keeps. */
export const LONGEST_LABEL = 200;

/** Of one panel. */
export const MOST_CRITERIA = 30;
export const MOST_JUDGES = 200;
export const MOST_PER_ENTRY = 99;

/** Candidates of a panel up to which what concerns all of them is done in the request; for more a job does it. */
export const MOST_AT_ONCE = 5000;

/** Conflicts that may be declared of one judge. */
export const MOST_CONFLICTS = 100;

/** What the weights of a panel make together, in hundredths of a percent. */
export const WHOLE = 10_000;

/** How far a scale may reach to either side of 0, in thousandths. */
export const FARTHEST = 1_000_000_000;

/** Rows that one file of objective scores may have. */
export const MOST_ROWS = 100_000;

/** Of one file of objective scores, in bytes. */
export const LARGEST_FILE = 20_000_000;
