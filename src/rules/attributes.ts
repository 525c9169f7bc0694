import { z } from 'zod';
import { attributeName, line } from './text.ts';

export const MOST_ATTRIBUTES = 20;
export const LONGEST_TEXT = 100;

/** What is known of an event beyond its type and day: names with texts, whole numbers or days ("2026-08-15"). */
export type Attributes = Readonly<Record<string, string | number>>;

/** The attributes of an event, flat and of bounded size; what is not is refused before it reaches the database. */
export const eventAttributes = z
  .record(attributeName, z.union([z.int(), line(LONGEST_TEXT, 'text')]))
  .refine((attributes) => Object.keys(attributes).length <= MOST_ATTRIBUTES);

/** The value of an attribute that the event itself has, not what JavaScript gives every object. */
export function attributeOf(attributes: Attributes, name: string): string | number | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}
