import { isDay } from '../../platform/clock.ts';
import type { Attributes } from '../attributes.ts';

/** An attribute of an event as a view shows it. */
export interface AttributeFacts {
  name: string;
  /** The value as text, whatever it is. */
  text: string;
  number: number | null;
  day: string | null;
}

export function attributeFacts(attributes: Attributes): AttributeFacts[] {
  return Object.entries(attributes).map(([name, value]) => ({
    name,
    text: String(value),
    number: typeof value === 'number' ? value : null,
    day: typeof value === 'string' && isDay(value) ? value : null,
  }));
}
