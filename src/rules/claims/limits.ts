/** Claims that one member may have open at a time. */
export const MOST_OPEN_CLAIMS = 20;

/** Characters of what a member says with a claim, and of why it is returned. */
export const LONGEST_NOTE = 300;
