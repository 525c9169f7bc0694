import { createHash } from 'node:crypto';
import type { Points } from '../platform/points.ts';
import { type Attributes, attributeOf } from './attributes.ts';
import { type RuleDefinition, textOf } from './definition.ts';

/** What a rule says about an event: points for an occurrence, or why there are none. */
export type Verdict =
  | { readonly award: true; readonly points: Points; readonly occurrence: string }
  | { readonly award: false; readonly why: 'ATTRIBUTE_MISSING' | 'VALUE_WITHOUT_TIER'; readonly attribute: string };

/**
 * Judges one event by one rule version. Pure and total: it reads nothing but its arguments, answers for every event,
 * and the same arguments always give the same verdict.
 */
export function evaluate(
  { award, occurrence }: RuleDefinition,
  event: { id: string; attributes: Attributes },
): Verdict {
  let points: Points;
  if (award.kind === 'fixed') points = award.points;
  else {
    const value = attributeOf(event.attributes, award.attribute);
    if (value === undefined) return { award: false, why: 'ATTRIBUTE_MISSING', attribute: award.attribute };
    const tier = award.tiers.find((one) => textOf(one.value) === textOf(value));
    if (!tier) return { award: false, why: 'VALUE_WITHOUT_TIER', attribute: award.attribute };
    points = tier.points;
  }
  if (occurrence.kind === 'event') return { award: true, points, occurrence: `event:${event.id}` };
  if (occurrence.kind === 'ever') return { award: true, points, occurrence: 'ever' };
  const missing = occurrence.attributes.find((name) => attributeOf(event.attributes, name) === undefined);
  if (missing !== undefined) return { award: false, why: 'ATTRIBUTE_MISSING', attribute: missing };
  return { award: true, points, occurrence: `values:${hashOfValues(occurrence.attributes, event.attributes)}` };
}

// Hashed, because values are of any script and length and the key of the transfer is short ASCII.
function hashOfValues(names: readonly string[], attributes: Attributes): string {
  const values = [...names].sort().map((name) => [name, textOf(attributeOf(attributes, name) ?? '')]);
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}
