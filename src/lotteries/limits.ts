/** Characters of why an admin does something to a lottery or a win. */
export const LONGEST_REASON = 500;
