import { z } from 'zod';
import { type Attributes, attributeOf } from './attributes.ts';
import { attributeName, line, textOf } from './text.ts';

/** How many conditions may stand inside one another, and how many a rule may have in all. */
export const DEEPEST_CONDITION = 6;
export const MOST_CONDITIONS = 60;
export const MOST_VALUES = 50;
const LONGEST_VALUE = 100;

/** What is known of the member on the day of an event, as it was when the event was recorded. */
export interface MemberFacts {
  /** "/<id of the root>/…/<id of the member's union>/" */
  unionPath: string;
  sex: string | null;
  /** Whole years. */
  age: number | null;
  serviceYears: number | null;
  membershipYears: number | null;
  tags: readonly string[];
}

/** What a condition may ask about besides the attributes of the event. */
export const FACTS = ['age', 'sex', 'service_years', 'membership_years', 'occurred_on'] as const;
export type Fact = (typeof FACTS)[number];

export const COMPARISONS = ['equal', 'not_equal', 'less', 'at_most', 'more', 'at_least', 'between', 'one_of'] as const;
export type Comparison = (typeof COMPARISONS)[number];

const value = z.union([z.int(), line(LONGEST_VALUE, 'CONDITION_MALFORMED')]);
const values = z.array(value).min(1, 'CONDITION_MALFORMED').max(MOST_VALUES, 'CONDITION_MALFORMED');
const ids = z.array(z.string().length(26, 'CONDITION_MALFORMED')).min(1, 'CONDITION_MALFORMED').max(MOST_VALUES);
const tags = z.array(line(40, 'CONDITION_MALFORMED')).min(1, 'CONDITION_MALFORMED').max(MOST_VALUES);

/** A condition: a tree of data. `between` has two values, both inclusive; `one_of` has any number; the others have one. */
export type Condition =
  | { kind: 'all'; conditions: Condition[] }
  | { kind: 'any'; conditions: Condition[] }
  | { kind: 'not'; condition: Condition }
  | { kind: 'attribute'; attribute: string; is: Comparison; values: (string | number)[] }
  | { kind: 'fact'; fact: Fact; is: Comparison; values: (string | number)[] }
  /** The member's union lies in one of these branches. */
  | { kind: 'branch'; unionIds: string[] }
  /** The member bears one of these tags. */
  | { kind: 'tag'; tags: string[] };

const conditions: z.ZodType<Condition[]> = z.lazy(() => z.array(condition).min(1, 'CONDITION_MALFORMED'));

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all'), conditions }),
    z.strictObject({ kind: z.literal('any'), conditions }),
    z.strictObject({ kind: z.literal('not'), condition }),
    z.strictObject({ kind: z.literal('attribute'), attribute: attributeName, is: z.enum(COMPARISONS), values }),
    z.strictObject({ kind: z.literal('fact'), fact: z.enum(FACTS), is: z.enum(COMPARISONS), values }),
    z.strictObject({ kind: z.literal('branch'), unionIds: ids }),
    z.strictObject({ kind: z.literal('tag'), tags }),
  ]),
);

/** The conditions inside a condition, in order; none in a leaf. */
export function inner(one: Condition): readonly Condition[] {
  if (one.kind === 'all' || one.kind === 'any') return one.conditions;
  return one.kind === 'not' ? [one.condition] : [];
}

/** What conditions are asked about. */
export interface Asked {
  attributes: Attributes;
  occurredOn: string;
  member: MemberFacts;
}

/** The condition inside the tree by its place; the root's place is []. */
export function conditionAt(root: Condition, place: readonly number[]): Condition {
  return place.reduce((one, index) => inner(one)[index]!, root);
}

/** Where a tree of conditions fails first; `unknown` when that is for want of a fact, not because of one. */
export interface Failure {
  place: number[];
  unknown: boolean;
}

/**
 * Whether a tree of conditions holds: undefined, or where it fails first. Pure and total. What is not known makes no
 * condition hold, neither a plain one nor its `not`, so nobody earns points by a gap in the records.
 */
export function failureOf(root: Condition, asked: Asked): Failure | undefined {
  return failure(root, asked, []);
}

function failure(one: Condition, asked: Asked, place: number[]): Failure | undefined {
  if (one.kind === 'all') {
    for (const [i, each] of one.conditions.entries()) {
      const failed = failure(each, asked, [...place, i]);
      if (failed) return failed;
    }
    return undefined;
  }
  if (one.kind === 'any') {
    const failures = one.conditions.map((each, i) => failure(each, asked, [...place, i]));
    if (failures.some((failed) => failed === undefined)) return undefined;
    return { place, unknown: failures.some((failed) => failed!.unknown) };
  }
  if (one.kind === 'not') {
    const failed = failure(one.condition, asked, [...place, 0]);
    if (failed?.unknown) return { place, unknown: true };
    return failed ? undefined : { place, unknown: false };
  }
  const holds = leafHolds(one, asked);
  return holds ? undefined : { place, unknown: holds === undefined };
}

type Leaf = Exclude<Condition, { kind: 'all' | 'any' | 'not' }>;

function leafHolds(leaf: Leaf, asked: Asked): boolean | undefined {
  switch (leaf.kind) {
    case 'branch':
      return leaf.unionIds.some((id) => asked.member.unionPath.includes(`/${id}/`));
    case 'tag':
      return leaf.tags.some((tag) => asked.member.tags.includes(textOf(tag)));
    default: {
      const known = knownValue(leaf, asked);
      return known === undefined ? undefined : compares(known, leaf.is, leaf.values);
    }
  }
}

/** What is known of what a leaf asks about: a whole number, a text or a day; undefined when nothing is. */
export function knownValue(
  leaf: Extract<Condition, { kind: 'attribute' | 'fact' }>,
  { attributes, occurredOn, member }: Asked,
): string | number | undefined {
  if (leaf.kind === 'attribute') return attributeOf(attributes, leaf.attribute);
  switch (leaf.fact) {
    case 'age':
      return member.age ?? undefined;
    case 'sex':
      return member.sex ?? undefined;
    case 'service_years':
      return member.serviceYears ?? undefined;
    case 'membership_years':
      return member.membershipYears ?? undefined;
    case 'occurred_on':
      return occurredOn;
  }
}

function compares(known: string | number, is: Comparison, values: readonly (string | number)[]): boolean {
  const order = values.map((value) => orderOf(known, value));
  const [first, second] = order;
  switch (is) {
    case 'equal':
      return first === 0;
    case 'not_equal':
      return first !== 0;
    case 'one_of':
      return order.includes(0);
    case 'less':
      return first! < 0;
    case 'at_most':
      return first! <= 0;
    case 'more':
      return first! > 0;
    case 'at_least':
      return first! >= 0;
    case 'between':
      return first! >= 0 && second! <= 0;
  }
}

/** Negative, 0 or positive. Numbers are compared as numbers, everything else as text; days are in order as text. */
function orderOf(known: string | number, value: string | number): number {
  if (typeof known === 'number' && typeof value === 'number') return known - value;
  const [a, b] = [textOf(known), textOf(value)];
  return a === b ? 0 : a < b ? -1 : 1;
}
