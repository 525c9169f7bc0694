import { isDay } from '../../platform/clock.ts';
import type { Refusal } from '../../platform/result.ts';
import { type Attributes, attributeOf, eventAttributes } from '../attributes.ts';
import {
  attributeMalformed,
  attributeMissing,
  attributeOfOtherKind,
  attributesTooMany,
  attributeUnknown,
} from '../event-refusals.ts';
import { textOf } from '../text.ts';
import type { AttributeDeclaration, EventType } from './event-type.ts';

/**
 * What is wrong with the attributes of an event of a type, each with its place, "attributes.2" by the order in which they
 * were given, or "attributes" for what is not there: ATTRIBUTE_MALFORMED, ATTRIBUTE_UNKNOWN, ATTRIBUTE_MISSING. None when
 * the event can be recorded. Pure.
 */
export function troublesWithAttributes(type: EventType, attributes: Attributes): Refusal[] {
  const names = Object.keys(attributes);
  const place = (name: string) => `attributes.${names.indexOf(name)}`;
  const form = eventAttributes.safeParse(attributes);
  if (!form.success) {
    const name = form.error.issues[0]!.path[0];
    return name === undefined
      ? [{ ...attributesTooMany, at: 'attributes' }]
      : [{ ...attributeMalformed, at: place(String(name)) }];
  }
  const known = type.attributes.map((declared) => declared.name);
  const unknown = names.filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) => ({ ...attributeUnknown(name, known), at: place(name) })),
    ...type.attributes.flatMap((declared): Refusal[] => {
      const value = attributeOf(attributes, declared.name);
      if (value === undefined) return declared.required ? [{ ...attributeMissing(declared), at: 'attributes' }] : [];
      return fits(declared, value) ? [] : [{ ...attributeOfOtherKind(declared), at: place(declared.name) }];
    }),
  ];
}

// A number given for a text or a choice stands for its digits, as it does wherever attributes are compared.
function fits({ kind, choices = [] }: AttributeDeclaration, value: string | number): boolean {
  switch (kind) {
    case 'text':
      return true;
    case 'number':
      return typeof value === 'number';
    case 'day':
      return typeof value === 'string' && isDay(value);
    case 'choice':
      return choices.some((choice) => textOf(choice) === textOf(value));
  }
}
