import type { Refusal } from '../../platform/result.ts';
import { MOST_ATTRIBUTES } from '../attributes.ts';
import { attributeName, line, textOf } from '../text.ts';
import {
  type AttributeDeclaration,
  type EventType,
  LONGEST_CHOICE,
  LONGEST_TYPE_NAME,
  MOST_CHOICES,
  MOST_CHOICES_IN_ALL,
} from './event-type.ts';
import {
  attributeRepeated,
  choicesMalformed,
  declaredNameMalformed,
  declaredTooMany,
  eventTypeMalformed,
  typeNameMalformed,
} from './refusals.ts';

const CODE = /^[a-z][a-z0-9._-]{0,39}$/;
const typeName = line(LONGEST_TYPE_NAME, 'name');
const choiceText = line(LONGEST_CHOICE, 'choice');

/** An event type as somebody declares it. */
export type Declaration = Omit<EventType, 'readyMade'>;

/**
 * What is wrong with an event type that somebody declares, the first of it, with its place ("attributes.2.choices.1"):
 * EVENT_TYPE_MALFORMED, NAME_MALFORMED, ATTRIBUTES_TOO_MANY, ATTRIBUTE_NAME_MALFORMED, ATTRIBUTE_REPEATED,
 * CHOICES_MALFORMED. Pure.
 */
export function troubleWithDeclaration({ code, name, attributes }: Declaration): Refusal | undefined {
  if (!CODE.test(code)) return eventTypeMalformed;
  if (!typeName.safeParse(name).success) return typeNameMalformed;
  if (attributes.length > MOST_ATTRIBUTES) return declaredTooMany;
  const names = new Set<string>();
  let choices = 0;
  for (const [i, attribute] of attributes.entries()) {
    const at = `attributes.${i}`;
    if (!attributeName.safeParse(attribute.name).success) return { ...declaredNameMalformed, at: `${at}.name` };
    if (names.has(textOf(attribute.name))) return { ...attributeRepeated, at: `${at}.name` };
    names.add(textOf(attribute.name));
    const bad = badChoice(attribute);
    if (bad) return { ...choicesMalformed, at: `${at}.${bad}` };
    choices += attribute.choices?.length ?? 0;
    if (choices > MOST_CHOICES_IN_ALL) return { ...choicesMalformed, at: `${at}.choices` };
  }
  return undefined;
}

/** Where the choices of an attribute are wrong: "choices" as a whole, or one of them. */
function badChoice({ kind, choices }: AttributeDeclaration): string | undefined {
  if (kind !== 'choice') return choices === undefined ? undefined : 'choices';
  if (!choices || choices.length < 1 || choices.length > MOST_CHOICES) return 'choices';
  const texts = choices.map(textOf);
  const bad = texts.findIndex((text, i) => !choiceText.safeParse(text).success || texts.indexOf(text) < i);
  return bad < 0 ? undefined : `choices.${bad}`;
}
