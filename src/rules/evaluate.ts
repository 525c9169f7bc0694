import { createHash } from 'node:crypto';
import { type Points, points } from '../platform/points.ts';
import { type Attributes, attributeOf } from './attributes.ts';
import { failureOf, type MemberFacts } from './conditions.ts';
import type { RuleDefinition } from './definition.ts';
import { textOf } from './text.ts';

/** An event as rules see it. */
export interface JudgedEvent {
  id: string;
  memberId: string;
  attributes: Attributes;
  occurredOn: string;
  member: MemberFacts;
}

/** Why a rule that looked at an event gives nothing for it, before it is asked what was given already. */
export type Miss =
  | { readonly why: 'OUT_OF_PERIOD' }
  | { readonly why: 'CONDITION'; readonly place: readonly number[]; readonly unknown: boolean }
  | { readonly why: 'ATTRIBUTE_MISSING' | 'VALUE_WITHOUT_TIER'; readonly attribute: string };

/** What a rule says about an event: points for an occurrence, or why there are none. */
export type Verdict =
  | { readonly award: true; readonly points: Points; readonly occurrence: string }
  | ({ readonly award: false } & Miss);

/**
 * Judges one event by one rule version, without regard to what was given before. Pure and total: it reads nothing but
 * its arguments, answers for every event, and the same arguments always give the same verdict.
 */
export function evaluate(definition: RuleDefinition, event: JudgedEvent): Verdict {
  const { period, condition } = definition;
  if ((period.from && event.occurredOn < period.from) || (period.until && event.occurredOn > period.until)) {
    return { award: false, why: 'OUT_OF_PERIOD' };
  }
  const failure = condition ? failureOf(condition, event) : undefined;
  if (failure) return { award: false, why: 'CONDITION', ...failure };
  const points = pointsFor(definition.award, event.attributes);
  if (typeof points !== 'number') return { award: false, ...points };
  const occurrence = occurrenceOf(definition.occurrence, event);
  if (typeof occurrence !== 'string') return { award: false, ...occurrence };
  return { award: true, points, occurrence };
}

function pointsFor(award: RuleDefinition['award'], attributes: Attributes): Points | Miss {
  if (award.kind === 'fixed') return award.points;
  const { attribute } = award;
  const value = attributeOf(attributes, attribute);
  if (value === undefined) return { why: 'ATTRIBUTE_MISSING', attribute };
  const found = award.kind === 'tiered' ? tierPoints(award.tiers, value) : pointsByNumber(award, value);
  return found ?? { why: 'VALUE_WITHOUT_TIER', attribute };
}

function tierPoints(tiers: readonly { value: string; points: Points }[], value: string | number): Points | undefined {
  return tiers.find((one) => textOf(one.value) === textOf(value))?.points;
}

function pointsByNumber(
  award: Extract<RuleDefinition['award'], { kind: 'ranged' | 'per_unit' }>,
  value: string | number,
): Points | undefined {
  if (typeof value !== 'number') return undefined;
  if (award.kind === 'ranged') {
    return award.ranges.find(({ from, to }) => (from ?? value) <= value && value <= (to ?? value))?.points;
  }
  return value < 1 ? undefined : points(Math.min(value * award.points, award.most));
}

function occurrenceOf(occurrence: RuleDefinition['occurrence'], event: JudgedEvent): string | Miss {
  if (occurrence.kind === 'event') return `event:${event.id}`;
  if (occurrence.kind === 'ever') return 'ever';
  const missing = occurrence.attributes.find((name) => attributeOf(event.attributes, name) === undefined);
  if (missing !== undefined) return { why: 'ATTRIBUTE_MISSING', attribute: missing };
  return `values:${hashOfValues(occurrence.attributes, event.attributes)}`;
}

// Hashed, because values are of any script and length and the key of the transfer is short ASCII.
function hashOfValues(names: readonly string[], attributes: Attributes): string {
  const values = [...names].sort().map((name) => [name, textOf(attributeOf(attributes, name) ?? '')]);
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}
