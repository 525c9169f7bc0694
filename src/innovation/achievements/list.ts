import { type EntityManager, In } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import type { Ownership } from '../../unions/firms/firm.entity.ts';
import { branchUnions } from '../../unions/queries.ts';
import type { AchievementGroup, AchievementKind } from '../kinds.ts';
import { normaliseField } from '../seasons/category-for.ts';
import { Achievement, type AchievementState } from './achievement.entity.ts';
import { rarestFirst, searchGrams } from './duplicates/search-grams.ts';

/** Which achievements a list shows, of those that were submitted. */
export interface AchievementFilter {
  /** Those of the branches whose tops have these paths; undefined for all of a season. */
  unionPaths?: readonly string[];
  seasonId?: string;
  kind?: AchievementKind;
  group?: AchievementGroup;
  state?: AchievementState;
  /** With the season. */
  categoryNumber?: number;
  field?: string;
  ownership?: Ownership;
  studioId?: string;
  /** A number, or two characters or more of the title. */
  search?: string;
}

/** From where a list is read, in what order, and what it asks of each row. */
interface Plan {
  from: string;
  /** Of the id, in the order of the index that is read. */
  idColumn: string;
  conditions: string[];
  values: unknown[];
}

/**
 * A page of achievements, the newest first; the cursor is the id. A page is read along an index that has its order, so
 * that a deep one costs what the first does. Two statements, one for each branch and one for a search.
 */
export async function achievementsIn(
  db: EntityManager,
  filter: AchievementFilter,
  page: PageRequest,
): Promise<Page<Achievement>> {
  const plan = await planOf(db, filter);
  if (!plan) return { items: [], hasNextPage: false };
  await narrow(db, plan, filter);
  const { from, idColumn, conditions, values } = plan;
  if (page.after !== undefined) {
    conditions.push(`${idColumn} < ?`);
    values.push(page.after);
  }
  const rows: { id: string }[] = await db.query(
    `SELECT ${idColumn} AS id FROM ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${idColumn} DESC LIMIT ?`,
    [...values, page.first + 1],
  );
  const found = pageOf(rows, page);
  const achievements = await db.find(Achievement, {
    where: { id: In(found.items.map(({ id }) => id)) },
    order: { id: 'DESC' },
  });
  return { ...found, items: achievements };
}

// Of the indexes of seasons and branches the server chooses the narrowest. Left alone it also goes along all achievements
// of all seasons, in the hope to meet enough of this one soon; and unless it is forced it reads an index from its end down
// to where a deep page begins.
const OF_SEASON =
  'achievement a FORCE INDEX (achievement_of_season, achievement_in_state, achievement_of_kind, achievement_of_category, achievement_of_union)';

const OF_FIELD = 'achievement a FORCE INDEX (achievement_of_field, achievement_of_union)';

/** How to read what is asked for; undefined for a search that finds nothing: of one character. */
async function planOf(
  db: EntityManager,
  { search, studioId, seasonId, field }: AchievementFilter,
): Promise<Plan | undefined> {
  const text = search?.normalize('NFKC').trim();
  if (text !== undefined && /^\d{1,9}$/.test(text))
    return { from: 'achievement a', idColumn: 'a.id', conditions: ['a.number = ?'], values: [Number(text)] };
  if (text !== undefined) return planOfWords(await rarestFirst(db, searchGrams(text)));
  if (studioId !== undefined) {
    const from = 'achievement_studio s STRAIGHT_JOIN achievement a ON a.id = s.achievement_id';
    return { from, idColumn: 's.achievement_id', conditions: ['a.number IS NOT NULL'], values: [] };
  }
  const from = seasonId !== undefined ? OF_SEASON : field !== undefined ? OF_FIELD : 'achievement a';
  return { from, idColumn: 'a.id', conditions: ['a.number IS NOT NULL'], values: [] };
}

/** Along the rarest pair of characters, looking up whether the others are in the same title. */
function planOfWords([rarest, ...others]: readonly string[]): Plan | undefined {
  if (rarest === undefined) return undefined;
  const joined = others.map(
    (_, i) => `STRAIGHT_JOIN achievement_gram g${i} ON g${i}.achievement_id = g.achievement_id AND g${i}.gram = ?`,
  );
  return {
    from: `achievement_gram g ${joined.join(' ')} STRAIGHT_JOIN achievement a ON a.id = g.achievement_id`,
    idColumn: 'g.achievement_id',
    conditions: ['g.gram = ?'],
    values: [...others, rarest],
  };
}

/** Adds what the filter asks of each row. */
async function narrow(
  db: EntityManager,
  { conditions, values }: Plan,
  { unionPaths, ...filter }: AchievementFilter,
): Promise<void> {
  const equal: [string, unknown][] = [
    ['a.season_id', filter.seasonId],
    ['a.kind', filter.kind],
    ['a.in_group', filter.group],
    ['a.state', filter.state],
    ['a.category_number', filter.categoryNumber],
    ['a.field', filter.field === undefined ? undefined : normaliseField(filter.field)],
    ['a.ownership', filter.ownership],
  ];
  for (const [column, value] of equal) {
    if (value === undefined) continue;
    conditions.push(`${column} = ?`);
    values.push(value);
  }
  if (filter.studioId !== undefined) {
    const ofStudio = 'SELECT o.achievement_id FROM achievement_studio o WHERE o.studio_id = ?';
    conditions.push(filter.search === undefined ? 's.studio_id = ?' : `a.id IN (${ofStudio})`);
    values.push(filter.studioId);
  }
  if (unionPaths === undefined) return;
  // The ids first and no join: a large branch is then read in order of id, and a small one by its unions.
  const unions = (await Promise.all(unionPaths.map((path) => branchUnions(db, path)))).flat();
  const ids = unions.map(({ id }) => id);
  // Of one union the index has the order of the list, which of several it has not.
  conditions.push(ids.length === 1 ? 'a.union_id = ?' : 'a.union_id IN (?)');
  values.push(ids.length === 1 ? ids[0] : ['', ...ids]);
}
