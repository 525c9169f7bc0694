/**
 * A text as it is compared: narrow, in lower case, and nothing but letters and digits, so that neither spaces nor
 * punctuation make a copy another text.
 */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

const BITS = 0x10000;

/**
 * The runs of `size` characters of a plain text, two or three, each once and in order, as numbers; a text that is shorter
 * is one run. A character is what JavaScript counts as one, so that three of them fit into a number.
 */
export function gramsOf(text: string, size: 2 | 3): Float64Array {
  if (text === '') return new Float64Array();
  const count = Math.max(1, text.length - size + 1);
  const codes = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let code = 0;
    for (let j = i; j < Math.min(i + size, text.length); j++) code = code * BITS + text.charCodeAt(j);
    codes[i] = code;
  }
  codes.sort();
  return codes.filter((code, i) => i === 0 || code !== codes[i - 1]);
}

/** How much two texts have in common, 0 to 1: the runs that both have, of those that either has (Jaccard). */
export function similarity(one: Float64Array, other: Float64Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const [a, b] = [one[i]!, other[j]!];
    if (a === b) shared += 1;
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  const either = one.length + other.length - shared;
  return either === 0 ? 0 : shared / either;
}
