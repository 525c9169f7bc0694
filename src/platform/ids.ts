import { monotonicFactory } from 'ulid';

const nextUlid = monotonicFactory();

/**
 * A new id: a ULID, 26 characters, ordered by time of making within this process.
 * The application makes ids, so a batch knows them before it writes and any database node can take the row.
 */
export function newId(): string {
  return nextUlid();
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Whether a text has the form of an id; a cheap check at the doors, before any SQL. */
export function isId(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
}

/** A whole number below 32^width as Crockford base32, padded to the width, so that text order is number order. */
export function base32(value: number, width: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < width; i++) {
    text = CROCKFORD[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  if (rest > 0) throw new RangeError(`${value} does not fit ${width} base32 digits`);
  return text;
}
