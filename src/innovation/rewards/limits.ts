/** Rewards of one list. */
export const MOST_REWARDS = 100;
export const LONGEST_REASON = 300;
