import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { branchUnions } from '../../unions/queries.ts';
import { Entry, type EntryState } from './entry.entity.ts';
import { EntryMember } from './entry-member.entity.ts';

/** Which of these members are part of an entry of the competition that stands. One statement. */
export async function membersIn(
  db: EntityManager,
  competitionId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  if (memberIds.length === 0) return [];
  const rows: { id: string }[] = await db.query(
    'SELECT member_id AS id FROM entry_member WHERE competition_id = ? AND member_id IN (?) AND is_in = 1',
    [competitionId, memberIds],
  );
  return rows.map(({ id }) => id);
}

/** Which entries of a competition a list shows. */
export interface EntryFilter {
  competitionId: string;
  /** Null for those of a competition without divisions; undefined for all. */
  divisionId?: string | null;
  /** Those that begin at this stage. */
  stageId?: string;
  /** Those of the branches whose tops have these paths. */
  unionPaths?: readonly string[];
  /** `entered` when not said: those that stand. */
  state?: EntryState;
}

/** A page of the entries of a competition, in the order in which they were made; the cursor is the id. */
export async function entriesOf(db: EntityManager, filter: EntryFilter, page: PageRequest): Promise<Page<Entry>> {
  const { competitionId, divisionId, stageId, unionPaths, state = 'entered' } = filter;
  const query = db
    .createQueryBuilder(Entry, 'e')
    .where('e.competitionId = :competitionId AND e.state = :state', { competitionId, state });
  if (divisionId !== undefined)
    query.andWhere(divisionId === null ? 'e.divisionId IS NULL' : 'e.divisionId = :divisionId', { divisionId });
  if (stageId !== undefined) query.andWhere('e.stageId = :stageId', { stageId });
  if (unionPaths !== undefined) {
    // The ids first and no join: a large branch is then read in order of id, and a small one by its unions.
    const unions = await Promise.all(unionPaths.map((path) => branchUnions(db, path)));
    query.andWhere('e.unionId IN (:...unionIds)', { unionIds: ['', ...unions.flat().map(({ id }) => id)] });
  }
  return readPage(query, 'e.id', page);
}

/** A page of the entries that a member is or was part of, the newest part first; the cursor is the id of the part. */
export async function partsOfMember(
  db: EntityManager,
  memberId: string,
  page: PageRequest,
): Promise<Page<{ part: EntryMember; entry: Entry }>> {
  const query = db.createQueryBuilder(EntryMember, 'm').where('m.memberId = :memberId', { memberId });
  const found = await readPage(query, 'm.id', page, 'DESC');
  const entries = await db.findBy(Entry, { id: In(found.items.map(({ entryId }) => entryId)) });
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return { ...found, items: found.items.map((part) => ({ part, entry: byId.get(part.entryId)! })) };
}

/** The same page of those who are part of each of these entries, in the order of their coming; the cursor is the part's id. */
export async function partsOf(
  db: EntityManager,
  entryIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<EntryMember>>> {
  const rows = await db
    .createQueryBuilder(EntryMember, 'm')
    .innerJoin(
      `(SELECT id AS part_id, ROW_NUMBER() OVER (PARTITION BY entry_id ORDER BY id) AS place
        FROM entry_member WHERE entry_id IN (:...entryIds) AND left_at IS NULL AND id > :after)`,
      'page',
      'page.part_id = m.id AND page.place <= :most',
      { entryIds: ['', ...entryIds], after: page.after ?? '', most: page.first + 1 },
    )
    .orderBy('m.id')
    .getMany();
  const parts = groupBy(rows, ({ entryId }) => entryId);
  return new Map(entryIds.map((id) => [id, pageOf(parts.get(id) ?? [], page)]));
}

/** An entry that is known to exist. */
export function findEntry(db: EntityManager, id: string): Promise<Entry> {
  return db.findOneByOrFail(Entry, { id });
}

/** The newest part of a member in an entry, both of which are known to exist. */
export async function findOwnPart(
  db: EntityManager,
  memberId: string,
  entryId: string,
): Promise<{ part: EntryMember; entry: Entry }> {
  const part = await db.findOneOrFail(EntryMember, { where: { memberId, entryId }, order: { id: 'DESC' } });
  return { part, entry: await findEntry(db, entryId) };
}

/** A page of the quotas of a competition; the cursor is the union's id. */
export async function quotasOf(
  db: EntityManager,
  competitionId: string,
  page: PageRequest,
): Promise<Page<{ unionId: string; atMost: number; entered: number }>> {
  const rows: { unionId: string; atMost: number; entered: number }[] = await db.query(
    `SELECT union_id AS unionId, at_most AS atMost, entered FROM entry_quota
     WHERE competition_id = ? AND union_id > ? ORDER BY union_id LIMIT ?`,
    [competitionId, page.after ?? '', page.first + 1],
  );
  return pageOf(rows, page);
}
