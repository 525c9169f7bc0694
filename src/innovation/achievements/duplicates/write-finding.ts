import { insertRows } from '../../../platform/db/sql.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type BandKey, bandKeys, type Comparable } from './bands.ts';
import { searchGrams } from './search-grams.ts';

/**
 * Writes what an achievement is found by: by others that are nearly the same, and by the words of its title. `before` is
 * what was written of it last; what it has no more is taken away.
 */
export async function writeFinding(tx: Tx, id: string, before: Comparable | null, now: Comparable): Promise<void> {
  const textOf = ({ band, value }: BandKey) => `${band} ${value}`;
  const [oldBands, newBands] = [before ? bandKeys(before) : [], bandKeys(now)];
  const [oldGrams, newGrams] = [before ? searchGrams(before.title) : [], searchGrams(now.title)];
  const goneBands = without(oldBands, newBands, textOf);
  const goneGrams = without(oldGrams, newGrams, String);
  for (const { band, value } of goneBands)
    await tx.query('DELETE FROM achievement_band WHERE band = ? AND value = ? AND achievement_id = ?', [
      band,
      value,
      id,
    ]);
  if (goneGrams.length > 0)
    await tx.query('DELETE FROM achievement_gram WHERE gram IN (?) AND achievement_id = ?', [goneGrams, id]);
  const bands = without(newBands, oldBands, textOf);
  await insertRows(
    tx,
    'achievement_band',
    ['band', 'value', 'achievement_id'],
    bands.map(({ band, value }) => [band, value, id]),
  );
  const grams = without(newGrams, oldGrams, String);
  await insertRows(
    tx,
    'achievement_gram',
    ['gram', 'achievement_id'],
    grams.map((gram) => [gram, id]),
  );
}

function without<T>(some: readonly T[], others: readonly T[], textOf: (one: T) => string): T[] {
  const texts = new Set(others.map(textOf));
  return some.filter((one) => !texts.has(textOf(one)));
}
