import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { ListLine } from './list-line.entity.ts';
import { SeasonHonour } from './season-honour.entity.ts';
import { SeasonList } from './season-list.entity.ts';

/** The newest version of the list of a season; null before the first. */
export async function newestList(db: EntityManager, seasonId: string): Promise<SeasonList | null> {
  return (await db.findOne(SeasonList, { where: { seasonId }, order: { version: 'DESC' } })) ?? null;
}

/** The version of the list of a season that was put in public view last; null when none was. */
export async function newestPublished(db: EntityManager, seasonId: string): Promise<SeasonList | null> {
  return db
    .createQueryBuilder(SeasonList, 'l')
    .where('l.seasonId = :seasonId AND l.noticeId IS NOT NULL', { seasonId })
    .orderBy('l.version', 'DESC')
    .getOne();
}

/** All lines of a version, by category and place. */
export async function linesOf(
  db: EntityManager,
  { seasonId, version }: Pick<SeasonList, 'seasonId' | 'version'>,
): Promise<ListLine[]> {
  return db.find(ListLine, { where: { seasonId, version }, order: { categoryNumber: 'ASC', place: 'ASC' } });
}

/** A page of the versions of the list of a season, the newest first; the cursor is the version. */
export async function listsOf(db: EntityManager, seasonId: string, page: PageRequest): Promise<Page<SeasonList>> {
  const query = db.createQueryBuilder(SeasonList, 'l').where('l.seasonId = :seasonId', { seasonId });
  return readPage(query, 'l.version', page, 'DESC');
}

/** The cursor of what stands in a category at a place. */
export function placeCursor({ categoryNumber, place }: Pick<ListLine, 'categoryNumber' | 'place'>): string {
  return `${categoryNumber}.${place}`;
}

function placeAfter(page: PageRequest): { category: number; place: number } | undefined {
  const [category = 0, place = 0] = (page.after ?? '0.0').split('.').map(Number);
  return Number.isSafeInteger(category) && Number.isSafeInteger(place) ? { category, place } : undefined;
}

/** A page of the lines of a version, by category and place. */
export async function linesPage(
  db: EntityManager,
  { seasonId, version }: Pick<SeasonList, 'seasonId' | 'version'>,
  page: PageRequest,
): Promise<Page<ListLine>> {
  const after = placeAfter(page);
  if (!after) return { items: [], hasNextPage: false };
  const rows = await db
    .createQueryBuilder(ListLine, 'l')
    .where('l.seasonId = :seasonId AND l.version = :version', { seasonId, version })
    .andWhere('(l.categoryNumber > :category OR (l.categoryNumber = :category AND l.place > :place))', after)
    .orderBy('l.categoryNumber')
    .addOrderBy('l.place')
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}

/** A page of the honours of a season, by category and place. */
export async function honoursOfSeason(
  db: EntityManager,
  seasonId: string,
  page: PageRequest,
): Promise<Page<SeasonHonour>> {
  const after = placeAfter(page);
  if (!after) return { items: [], hasNextPage: false };
  const rows = await db
    .createQueryBuilder(SeasonHonour, 'h')
    .where('h.seasonId = :seasonId', { seasonId })
    .andWhere('(h.categoryNumber > :category OR (h.categoryNumber = :category AND h.place > :place))', after)
    .orderBy('h.categoryNumber')
    .addOrderBy('h.place')
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}

/** A page of the honours of achievements that a member is an author of, the newest first; the cursor is the id. */
export async function honoursOfMember(
  db: EntityManager,
  memberId: string,
  page: PageRequest,
): Promise<Page<SeasonHonour>> {
  const query = db
    .createQueryBuilder(SeasonHonour, 'h')
    .innerJoin('achievement_author', 'o', 'o.achievement_id = h.achievement_id')
    .where('o.member_id = :memberId', { memberId });
  return readPage(query, 'h.id', page, 'DESC');
}

/** The honours of these achievements, by the achievement. One that was not honoured is absent. */
export async function honoursOf(
  db: EntityManager,
  achievementIds: readonly string[],
): Promise<Map<string, SeasonHonour>> {
  const rows = await db.findBy(SeasonHonour, { achievementId: In([...achievementIds]) });
  return new Map([...groupBy(rows, ({ achievementId }) => achievementId)].map(([id, [honour]]) => [id, honour!]));
}

/** The same page of the honours of what each of these studios made, the newest first, in two statements; the cursor is the id. */
export async function honoursOfStudios(
  db: EntityManager,
  studioIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<SeasonHonour>>> {
  const before = page.after === undefined ? '' : 'AND h.id < ?';
  const placed: { studioId: string; id: string }[] = await db.query(
    `SELECT studioId, id FROM (
       SELECT s.studio_id AS studioId, h.id, ROW_NUMBER() OVER (PARTITION BY s.studio_id ORDER BY h.id DESC) AS turn
       FROM achievement_studio s JOIN season_honour h ON h.achievement_id = s.achievement_id
       WHERE s.studio_id IN (?) ${before}) placed
     WHERE turn <= ? ORDER BY id DESC`,
    [['', ...studioIds], ...(page.after === undefined ? [] : [page.after]), page.first + 1],
  );
  const rows = await db.findBy(SeasonHonour, { id: In(placed.map(({ id }) => id)) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const groups = groupBy(placed, ({ studioId }) => studioId);
  return new Map(
    [...groups].map(([id, ofIt]) => [
      id,
      pageOf(
        ofIt.map((one) => byId.get(one.id)!),
        page,
      ),
    ]),
  );
}
