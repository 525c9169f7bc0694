export const LONGEST_NAME = 60;
/** Studios of one alliance at a time besides the one that leads it. */
export const MOST_MEMBER_STUDIOS = 50;
