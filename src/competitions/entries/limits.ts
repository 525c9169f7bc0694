/** Of the name of a team. */
export const LONGEST_TEAM_NAME = 60;

/** So many rows a file of entries may have: as many as a sheet of Excel holds. */
export const MOST_ENTRY_ROWS = 1_000_000;

/** How many entries a quota can allow. */
export const LARGEST_QUOTA = 10_000_000;
