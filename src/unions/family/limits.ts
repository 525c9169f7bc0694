/** Children of a member. */
export const MOST_CHILDREN = 10;

/** Years of age up to which a child can be declared. */
export const OLDEST_CHILD_YEARS = 18;

/** Characters of what the parent calls a child. */
export const LONGEST_NAME_HINT = 20;
