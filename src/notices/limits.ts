/** Characters of what a notice says; whoever publishes one keeps to them. */
export const LONGEST_TITLE = 120;
export const LONGEST_ABOUT = 2000;
export const LONGEST_LABEL = 200;
export const LONGEST_DETAIL = 500;

/** Working days for which a notice may be open to objections. */
export const MOST_WORKING_DAYS = 60;

/** Working days within which an objection should be decided. */
export const DECISION_WORKING_DAYS = 3;

/** Objections that one member may file to one version of a notice, whatever becomes of them. */
export const MOST_OBJECTIONS = 20;

/** Characters of what a member says against a notice. */
export const LONGEST_TEXT = 1000;

/** Characters of why an objection is decided so, and of why a notice is withdrawn. */
export const LONGEST_REASON = 300;
