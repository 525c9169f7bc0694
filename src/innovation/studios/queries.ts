import { Brackets, type EntityManager, In, IsNull } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { UnionNode } from '../../unions/union-node.entity.ts';
import type { NamingLevel } from './naming/naming.entity.ts';
import { Studio, type StudioState } from './studio.entity.ts';
import { StudioMember } from './studio-member.entity.ts';

/** Which studios a list shows. */
export interface StudioFilter {
  state: StudioState | undefined;
  field: string | undefined;
  tag: string | undefined;
  /** Only those that bear a name now: of any level with 'any'. */
  namedAt: NamingLevel | 'any' | undefined;
}

/** A page of the studios of these branches, the newest first; the cursor is the id. */
export async function studiosIn(
  db: EntityManager,
  branches: readonly string[],
  { state, field, tag, namedAt }: StudioFilter,
  page: PageRequest,
): Promise<Page<Studio>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  const query = db
    .createQueryBuilder(Studio, 's')
    .innerJoin(UnionNode, 'u', 'u.id = s.unionId')
    .where(
      new Brackets((any) => {
        for (const [i, path] of branches.entries())
          any.orWhere(`u.path LIKE :branch${i}`, { [`branch${i}`]: `${path}%` });
      }),
    );
  if (state !== undefined) query.andWhere('s.state = :state', { state });
  if (field !== undefined) query.andWhere('s.field = :field', { field });
  if (tag !== undefined) query.andWhere('s.id IN (SELECT t.studio_id FROM studio_tag t WHERE t.tag = :tag)', { tag });
  if (namedAt !== undefined)
    query.andWhere(
      `EXISTS (SELECT 1 FROM studio_naming n WHERE n.studio_id = s.id AND n.is_named = 1
        ${namedAt === 'any' ? '' : 'AND n.level = :namedAt'})`,
      { namedAt },
    );
  return readPage(query, 's.id', page, 'DESC');
}

/** The studios of these ids, by id; an id of none has no entry. */
export async function findStudios(db: EntityManager, ids: readonly string[]): Promise<Map<string, Studio>> {
  const studios = await db.findBy(Studio, { id: In([...ids]) });
  return new Map(studios.map((studio) => [studio.id, studio]));
}

/** The studio in which each of these members is now, by the member's id; a member of none has no entry. */
export async function currentStudioOf(db: EntityManager, memberIds: readonly string[]): Promise<Map<string, Studio>> {
  const parts = await db.findBy(StudioMember, { memberId: In([...memberIds]), leftOn: IsNull() });
  const studios = await findStudios(
    db,
    parts.map(({ studioId }) => studioId),
  );
  return new Map(parts.map(({ memberId, studioId }) => [memberId, studios.get(studioId)!]));
}

/** Whether a studio bears a name of any level now. */
export async function isStudioNamed(db: EntityManager, studioId: string): Promise<boolean> {
  const rows: unknown[] = await db.query('SELECT 1 FROM studio_naming WHERE studio_id = ? AND is_named = 1 LIMIT 1', [
    studioId,
  ]);
  return rows.length > 0;
}

/** The tags of studios, in order; a studio without any has no entry. */
export async function tagsOfStudios(db: EntityManager, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows: { studioId: string; tag: string }[] = await db.query(
    'SELECT studio_id AS studioId, tag FROM studio_tag WHERE studio_id IN (?) ORDER BY studio_id, tag',
    [['', ...ids]],
  );
  const tags = groupBy(rows, ({ studioId }) => studioId);
  return new Map([...tags].map(([id, ofStudio]) => [id, ofStudio.map(({ tag }) => tag)]));
}

/** Who leads each of these studios now; a dissolved one has no entry. */
export async function leadersOf(db: EntityManager, ids: readonly string[]): Promise<Map<string, StudioMember>> {
  const parts = await db.findBy(StudioMember, { studioId: In([...ids]), role: 'leader', leftOn: IsNull() });
  return new Map(parts.map((part) => [part.studioId, part]));
}

/**
 * The same page of the members of each of these studios as they are now, their leaders left out, in the order of their
 * coming, in one statement; the cursor is the id of their part.
 */
export async function membersOf(
  db: EntityManager,
  studioIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<StudioMember>>> {
  const rows = await db
    .createQueryBuilder(StudioMember, 'm')
    .innerJoin(
      `(SELECT id AS part_id, ROW_NUMBER() OVER (PARTITION BY studio_id ORDER BY id) AS place
        FROM studio_member WHERE studio_id IN (:...studioIds) AND role = 'member' AND left_on IS NULL AND id > :after)`,
      'page',
      'page.part_id = m.id AND page.place <= :most',
      { studioIds: ['', ...studioIds], after: page.after ?? '', most: page.first + 1 },
    )
    .orderBy('m.id')
    .getMany();
  const parts = groupBy(rows, ({ studioId }) => studioId);
  return new Map([...parts].map(([id, ofStudio]) => [id, pageOf(ofStudio, page)]));
}

/** How many people are in each of these studios now, the leader counted; a dissolved one has no entry. */
export async function countPeople(db: EntityManager, ids: readonly string[]): Promise<Map<string, number>> {
  const rows: { studioId: string; people: string }[] = await db.query(
    `SELECT studio_id AS studioId, COUNT(*) AS people FROM studio_member
     WHERE studio_id IN (?) AND left_on IS NULL GROUP BY studio_id`,
    [['', ...ids]],
  );
  return new Map(rows.map(({ studioId, people }) => [studioId, Number(people)]));
}
