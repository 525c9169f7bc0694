import { createHash } from 'node:crypto';
import type { Attributes } from './attributes.ts';
import { textOf } from './text.ts';

/**
 * SHA-256 of what makes an event this one and no other within a programme: its reference where it has one, else who did
 * what when, attributes included. Attribute order and number or text make no difference.
 */
export function eventIdentity(event: {
  memberId: string;
  type: string;
  attributes: Attributes;
  occurredOn: string;
  reference?: string | undefined;
}): Buffer {
  const attributes = Object.entries(event.attributes)
    .map(([name, value]) => [name, textOf(value)])
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
  const identity =
    event.reference === undefined
      ? ['event', event.memberId, event.type, event.occurredOn, attributes]
      : ['reference', textOf(event.reference)];
  return createHash('sha256').update(JSON.stringify(identity)).digest();
}
