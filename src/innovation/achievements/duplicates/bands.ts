import { gramsOf, plain } from './grams.ts';

/** What of an achievement is compared with others. */
export interface Comparable {
  title: string;
  text: string;
}

/** A key under which an achievement is found by others that have it too. */
export interface BandKey {
  band: number;
  value: number;
}

// MinHash: of two sets the least hash is the same as often as the sets are alike. A band is so many least hashes in one
// value, and several bands are kept, so that what is much alike shares one nearly always and what is not hardly ever. Of
// texts in which one character of twenty was changed anywhere, which have three quarters of their runs in common, one
// pair of 200,000 shares no band; of texts that have a fiftieth in common, one of 5,000 shares one. A change here asks
// for a migration that writes all keys anew.
const TEXT = { first: 1, bands: 24, rows: 3, size: 3 } as const;
const TITLE = { first: 25, bands: 8, rows: 3, size: 2 } as const;

/** The keys of an achievement, by its title and its text. */
export function bandKeys({ title, text }: Comparable): BandKey[] {
  return [...keysOf(plain(text), TEXT), ...keysOf(plain(title), TITLE)];
}

/** Whether a band is one of texts, not of titles. */
export function isOfText(band: number): boolean {
  return band < TITLE.first;
}

function keysOf(text: string, { first, bands, rows, size }: typeof TITLE | typeof TEXT): BandKey[] {
  const grams = gramsOf(text, size);
  if (grams.length === 0) return [];
  const least = leastHashes(grams, bands * rows);
  return Array.from({ length: bands }, (_, i) => {
    return { band: first + i, value: least.subarray(i * rows, (i + 1) * rows).reduce(stirred, 0) };
  });
}

/** Under each of `count` hash functions, the least hash of all runs. */
function leastHashes(grams: Float64Array, count: number): Uint32Array {
  const hashes = Uint32Array.from(grams, (gram) => stirred(Math.floor(gram / 0x100000000), gram % 0x100000000));
  const least = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const salt = stirred(0x9e3779b9, i);
    let smallest = 0xffffffff;
    for (let j = 0; j < hashes.length; j++) {
      const hash = mixed(hashes[j]! ^ salt);
      if (hash < smallest) smallest = hash;
    }
    least[i] = smallest;
  }
  return least;
}

/** A hash of 32 bits and another value, in which the order counts. */
function stirred(hash: number, value: number): number {
  return mixed((Math.imul(hash, 31) + value) | 0);
}

/** Spreads 32 bits so that each depends on all (the finaliser of MurmurHash3). */
function mixed(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
