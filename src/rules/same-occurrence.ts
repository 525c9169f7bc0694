import type { RuleDefinition } from './definition.ts';

/**
 * Whether two versions call the same things an occurrence. What was paid is remembered by rule, member and occurrence:
 * if a later version called occurrences otherwise, nothing that was paid would be found again, and the same degree would
 * be paid twice.
 */
export function sameOccurrence(a: RuleDefinition, b: RuleDefinition): boolean {
  const text = ({ occurrence }: RuleDefinition) =>
    occurrence.kind === 'values' ? [...occurrence.attributes].sort().join(' ') : `:${occurrence.kind}`;
  return text(a) === text(b);
}
