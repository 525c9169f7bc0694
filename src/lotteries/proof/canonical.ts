export type Canonical = string | number | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/**
 * The one text of a value, as RFC 8785 (JCS) writes it: no blanks, the keys of an object in the order of their UTF-16
 * units, strings with the shortest escapes. Numbers are whole and within ±(2^53 − 1), so none has two ways to be
 * written. Throws on anything else and on half a surrogate pair, which has no bytes in UTF-8.
 */
export function canonicalJson(value: Canonical): string {
  if (value === null) return 'null';
  if (typeof value === 'string') {
    if (/\p{Surrogate}/u.test(value)) throw new RangeError('a text with half a surrogate pair has no canonical form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} has no canonical form`);
    return String(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key]!)}`);
  return `{${members.join(',')}}`;
}

function isList(value: Canonical): value is readonly Canonical[] {
  return Array.isArray(value);
}
