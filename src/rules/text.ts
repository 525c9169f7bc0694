import { z } from 'zod';

// The message of a check is the code of the refusal that it becomes; see check-definition.ts.

/** Letters of any script, so that a union may call its attributes as its members do: 学历层次. */
export const attributeName = z.string().regex(/^\p{L}[\p{L}\p{N}_]{0,29}$/u, 'ATTRIBUTE_NAME_MALFORMED');

/** One line of text without spaces around it. */
export const line = (longest: number, code: string) =>
  z
    .string()
    .max(longest, code)
    .regex(/^[^\s\p{C}]([^\p{C}]*[^\s\p{C}])?$/u, code);

/**
 * The text by which attribute values are compared, everywhere: the number 5 is the text "5", and a letter is the same
 * letter however its accents are encoded.
 */
export function textOf(value: string | number): string {
  return String(value).normalize('NFC');
}
