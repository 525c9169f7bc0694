import type { EntityManager } from 'typeorm';
import { plain } from './grams.ts';

/** How many pairs of what is searched for are looked up, the first. */
const MOST_GRAMS = 8;
/** So many are enough to tell a common pair from a rare one. */
const MOST_COUNTED = 1000;

/** The pairs of characters that follow one another in a title, or in what is searched for, each once. */
export function searchGrams(text: string): string[] {
  const signs = [...plain(text)];
  return [...new Set(signs.slice(1).map((sign, i) => signs[i]! + sign))];
}

/** The pairs of a search, the one that the fewest titles have first. One statement. */
export async function rarestFirst(db: EntityManager, all: readonly string[]): Promise<string[]> {
  const grams = all.slice(0, MOST_GRAMS);
  if (grams.length < 2) return grams;
  const counted = grams.map(
    () => `(SELECT COUNT(*) FROM (SELECT 1 FROM achievement_gram WHERE gram = ? LIMIT ${MOST_COUNTED}) some)`,
  );
  const [counts]: Record<string, string>[] = await db.query(
    `SELECT ${counted.map((count, i) => `${count} AS c${i}`).join(', ')}`,
    grams,
  );
  const titles = new Map(grams.map((gram, i) => [gram, Number(counts![`c${i}`])]));
  return grams.sort((a, b) => titles.get(a)! - titles.get(b)!);
}
