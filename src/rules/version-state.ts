/** scheduled: takes effect later. in_force: judges events. superseded: a later version does. retired: no version of the rule does. */
export type VersionState = 'scheduled' | 'in_force' | 'superseded' | 'retired';

/** Where a version stands. `inForce` is the number of the last version that took effect; undefined before the first did. */
export function versionState(
  version: { number: number; effectiveAt: Date },
  rule: { retiredAt: Date | null },
  inForce: number | undefined,
  now: Date,
): VersionState {
  if (rule.retiredAt) return 'retired';
  if (version.effectiveAt > now) return 'scheduled';
  return version.number === inForce ? 'in_force' : 'superseded';
}
