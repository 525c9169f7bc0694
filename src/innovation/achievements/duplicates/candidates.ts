import type { EntityManager } from 'typeorm';
import { patentDigits } from '../patent-number.ts';
import { bandKeys, type Comparable, isOfText } from './bands.ts';

/** What is compared: the patent number too, as it is kept. */
export interface Declared extends Comparable {
  patentNumber: string | null;
}

/** An achievement that may be alike: by how many bands of the text and of the title, and whether by the patent. */
export interface Candidate {
  id: string;
  text: number;
  title: number;
  samePatent: boolean;
}

/** How many are compared, those first that share most. */
const MOST_COMPARED = 30;
/** Of rows that are read: what thousands share, such as a title that says nothing, tells little. */
const MOST_SHARED = 2000;

/**
 * Those that share a patent or a band with an achievement, itself left out: thirty at the most, the likeliest first. One
 * statement, and one for a patent; each reads so many rows at the most.
 */
export async function candidatesOf(db: EntityManager, id: string, one: Declared): Promise<Candidate[]> {
  const found = new Map<string, Candidate>();
  const shares = (other: string): Candidate => {
    const known = found.get(other) ?? { id: other, text: 0, title: 0, samePatent: false };
    found.set(other, known);
    return known;
  };
  for (const other of await patentsOf(db, one)) shares(other).samePatent = true;
  for (const { band, other } of await sharedBands(db, one)) {
    if (isOfText(band)) shares(other).text += 1;
    else shares(other).title += 1;
  }
  found.delete(id);
  const likely = ({ samePatent, text, title }: Candidate) => (samePatent ? 1000 : 0) + text + title;
  return [...found.values()].sort((a, b) => likely(b) - likely(a) || (a.id > b.id ? -1 : 1)).slice(0, MOST_COMPARED);
}

async function patentsOf(db: EntityManager, { patentNumber }: Declared): Promise<string[]> {
  if (patentNumber === null) return [];
  const digits = patentDigits(patentNumber);
  const rows: { id: string }[] = await db.query(
    'SELECT id FROM achievement WHERE patent_number IN (?) ORDER BY id DESC LIMIT ?',
    [[digits, `ZL${digits}`], MOST_COMPARED + 1],
  );
  return rows.map(({ id }) => id);
}

async function sharedBands(db: EntityManager, one: Declared): Promise<{ band: number; other: string }[]> {
  const keys = bandKeys(one);
  if (keys.length === 0) return [];
  // In the order of the key: those of the text come first and are never crowded out by those of a common title.
  return db.query(
    `SELECT band, achievement_id AS other FROM achievement_band WHERE (band, value) IN (?)
     ORDER BY band, value, achievement_id LIMIT ?`,
    [keys.map(({ band, value }) => [band, value]), MOST_SHARED],
  );
}
