import { isDay } from '../platform/clock.ts';
import type { Message } from '../platform/result.ts';
import { type Comparison, type Condition, DEEPEST_CONDITION, type Fact, inner, MOST_CONDITIONS } from './conditions.ts';
import { attributeNotOfType, conditionValue, definitionMessages } from './definition-messages.ts';
import { conditionsIn, type Path } from './definition-place.ts';
import type { AttributeKind, EventType } from './event-types/event-type.ts';
import { textOf } from './text.ts';

/** What is wrong with a definition, and where in it. */
export interface Trouble {
  code: string;
  message: Message;
  path: Path;
}

/** A trouble whose words do not depend on the case. */
export function trouble(code: string, path: Path): Trouble {
  return { code, message: definitionMessages[code]!, path };
}

/** What the values of a comparison can be. */
export interface ValueKind {
  kind: AttributeKind;
  choices?: readonly string[] | undefined;
  /** The smallest and the largest number. */
  range?: readonly [number, number];
}

const YEARS: ValueKind = { kind: 'number', range: [0, 150] };
const FACT_KINDS: Record<Fact, ValueKind> = {
  age: YEARS,
  service_years: YEARS,
  membership_years: YEARS,
  sex: { kind: 'choice', choices: ['male', 'female'] },
  occurred_on: { kind: 'day' },
};

const FOR_ALL_KINDS: ReadonlySet<Comparison> = new Set(['equal', 'not_equal', 'one_of']);

/** Why a tree of conditions is too large, before anything else is asked of it; it may be of any depth. */
export function troubleWithSize(root: Condition): Trouble | undefined {
  let count = 0;
  const unseen: [Condition, number][] = [[root, 1]];
  for (let next = unseen.pop(); next; next = unseen.pop()) {
    const [one, depth] = next;
    count += 1;
    if (depth > DEEPEST_CONDITION) return trouble('CONDITION_TOO_DEEP', ['condition']);
    if (count > MOST_CONDITIONS) return trouble('CONDITIONS_TOO_MANY', ['condition']);
    for (const each of inner(one)) unseen.push([each, depth + 1]);
  }
  return undefined;
}

/**
 * The first thing in a tree of conditions that does not fit the event type: ATTRIBUTE_NOT_OF_TYPE, ATTRIBUTE_KIND,
 * CONDITION_VALUES, CONDITION_VALUE.
 */
export function troubleWithConditions(root: Condition, type: EventType): Trouble | undefined {
  for (const [one, path] of conditionsIn(root)) {
    if (one.kind !== 'attribute' && one.kind !== 'fact') continue;
    const kind = kindOf(one, type);
    if (!kind) return { ...attributeNotOfType(type), path: [...path, 'attribute'] };
    const found = troubleWithComparison(one.is, one.values, kind, path);
    if (found) return found;
  }
  return undefined;
}

type Comparing = Extract<Condition, { kind: 'attribute' | 'fact' }>;

function kindOf(one: Comparing, type: EventType): ValueKind | undefined {
  return one.kind === 'fact' ? FACT_KINDS[one.fact] : type.attributes.find(({ name }) => name === one.attribute);
}

function troubleWithComparison(
  is: Comparison,
  values: readonly (string | number)[],
  kind: ValueKind,
  path: Path,
): Trouble | undefined {
  if (!FOR_ALL_KINDS.has(is) && kind.kind !== 'number' && kind.kind !== 'day') {
    return trouble('ATTRIBUTE_KIND', [...path, 'is']);
  }
  const count = is === 'one_of' ? values.length : is === 'between' ? 2 : 1;
  if (values.length !== count) return trouble('CONDITION_VALUES', [...path, 'values']);
  const read = values.map((value) => readValue(value, kind));
  const wrong = read.indexOf(undefined);
  if (wrong >= 0) return { ...conditionValue(kind), path: [...path, 'values', wrong] };
  return is === 'between' && read[0]! > read[1]! ? trouble('CONDITION_VALUES', [...path, 'values']) : undefined;
}

/** The value as it is kept and compared, a number where the kind is one; undefined when it is not of the kind. */
export function readValue(
  value: string | number,
  { kind, choices = [], range }: ValueKind,
): string | number | undefined {
  const text = textOf(value);
  switch (kind) {
    case 'number': {
      const number = /^(0|-?[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
      const [least, most] = range ?? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      return least <= number && number <= most ? number : undefined;
    }
    case 'day':
      return isDay(text) ? text : undefined;
    case 'choice':
      return choices.find((choice) => textOf(choice) === text);
    case 'text':
      return text;
  }
}

/** The tree with its values read by the kinds of what they are compared with; it has no trouble. */
export function withValuesRead(one: Condition, type: EventType): Condition {
  switch (one.kind) {
    case 'all':
    case 'any':
      return { kind: one.kind, conditions: one.conditions.map((each) => withValuesRead(each, type)) };
    case 'not':
      return { kind: 'not', condition: withValuesRead(one.condition, type) };
    case 'attribute':
    case 'fact': {
      const kind = kindOf(one, type)!;
      return { ...one, values: one.values.map((value) => readValue(value, kind)!) };
    }
    default:
      return one;
  }
}
