import { Brackets, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { readPage } from '../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { Member, type MemberState } from './member.entity.ts';
import { Programme } from './programme.entity.ts';
import { UnionNode } from './union-node.entity.ts';

/** The unions of these ids, in no order; ids of no union are passed over. */
export async function findUnions(db: EntityManager, ids: readonly string[]): Promise<UnionNode[]> {
  return db.find(UnionNode, { where: { id: In([...ids]) } });
}

/** The path of a union, "/<root>/…/<id>/"; undefined when there is no such union. */
export async function unionPath(db: EntityManager, id: string): Promise<string | undefined> {
  const union = await db.findOne(UnionNode, { select: { id: true, path: true }, where: { id } });
  return union?.path;
}

/** The ids of the unions on a path, from the root down. */
export function idsOnPath(path: string): string[] {
  return path.split('/').filter((id) => id !== '');
}

/** Every union of the branch whose top has this path, parents before their children. */
export async function branchUnions(db: EntityManager, path: string): Promise<UnionNode[]> {
  return db
    .createQueryBuilder(UnionNode, 'u')
    .where('u.path LIKE :branch', { branch: `${path}%` })
    .orderBy('u.path')
    .getMany();
}

/** A page of the unions at the top of these branches, leaving out a branch inside another; the cursor is the id. */
export async function topUnions(
  db: EntityManager,
  branches: readonly string[],
  page: PageRequest,
): Promise<Page<UnionNode>> {
  const paths = branches.filter((path) => !branches.some((other) => other !== path && path.startsWith(other)));
  if (paths.length === 0) return { items: [], hasNextPage: false };
  return readPage(db.createQueryBuilder(UnionNode, 'u').where('u.path IN (:...paths)', { paths }), 'u.id', page);
}

/** The same page of the children of each of these unions, in one statement; the cursor is the id. */
export async function childUnions(
  db: EntityManager,
  parentIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<UnionNode>>> {
  const rows = await db
    .createQueryBuilder(UnionNode, 'u')
    .innerJoin(
      `(SELECT id AS child_id, ROW_NUMBER() OVER (PARTITION BY parent_id ORDER BY id) AS place
        FROM union_node WHERE parent_id IN (:...parentIds) AND id > :after)`,
      'child',
      'child.child_id = u.id AND child.place <= :most',
      { parentIds, after: page.after ?? '', most: page.first + 1 },
    )
    .orderBy('u.id')
    .getMany();
  return new Map(
    parentIds.map((id) => [
      id,
      pageOf(
        rows.filter((row) => row.parentId === id),
        page,
      ),
    ]),
  );
}

/** The programmes of these ids, in no order; ids of no programme are passed over. */
export async function findProgrammes(db: EntityManager, ids: readonly string[]): Promise<Programme[]> {
  return db.find(Programme, { where: { id: In([...ids]) } });
}

/** A page of the programmes of these branches; the cursor is the id. */
export async function programmesIn(
  db: EntityManager,
  branches: readonly string[],
  page: PageRequest,
): Promise<Page<Programme>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  const query = db.createQueryBuilder(Programme, 'p').innerJoin(UnionNode, 'u', 'u.id = p.unionId');
  return readPage(inBranches(query, branches), 'p.id', page);
}

/** Whether a programme covers the members of the union with this path: its own union is on it. */
export function coversMember(programme: Pick<Programme, 'unionId'>, path: string): boolean {
  return path.includes(`/${programme.unionId}/`);
}

/**
 * The programmes that cover each of these members: those of the unions on the path from the root to the member's union,
 * from the root down. Every id that was asked has an entry. Two statements.
 */
export async function programmesOfMember(
  db: EntityManager,
  memberIds: readonly string[],
): Promise<Map<string, Programme[]>> {
  const rows: { id: string; path: string }[] = await db
    .createQueryBuilder(Member, 'm')
    .innerJoin(UnionNode, 'u', 'u.id = m.unionId')
    .select(['m.id AS id', 'u.path AS path'])
    .where('m.id IN (:...memberIds)', { memberIds: ['', ...memberIds] })
    .getRawMany();
  const unionIds = [...new Set(rows.flatMap((row) => idsOnPath(row.path)))];
  const programmes = await db.find(Programme, { where: { unionId: In(unionIds) }, order: { id: 'ASC' } });
  const paths = new Map(rows.map((row) => [row.id, row.path]));
  return new Map(
    memberIds.map((id) => {
      const path = paths.get(id) ?? '';
      const covering = programmes.filter((programme) => coversMember(programme, path));
      return [id, covering.sort((a, b) => path.indexOf(a.unionId) - path.indexOf(b.unionId))];
    }),
  );
}

/** The members of these ids, in no order; ids of no member are passed over. */
export async function findMembers(db: EntityManager, ids: readonly string[]): Promise<Member[]> {
  return db.find(Member, { where: { id: In([...ids]) } });
}

/** Which members a list shows: of these branches; whose name or staff number begins so; in this state; with this tag. */
export interface MemberFilter {
  branches: readonly string[];
  search: string | undefined;
  state: MemberState | undefined;
  tag: string | undefined;
}

/** A page of members; the cursor is the id. Two statements. */
export async function membersIn(
  db: EntityManager,
  { branches, search, state, tag }: MemberFilter,
  page: PageRequest,
): Promise<Page<Member>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  // The ids first and no join: so the server sees how large the branch is, and reads a whole tree in order of id but a
  // single union by its members. With the join it sorts the whole tree for each page.
  const unions = await inBranches(db.createQueryBuilder(UnionNode, 'u').select('u.id'), branches).getMany();
  const query = db
    .createQueryBuilder(Member, 'm')
    .where('m.unionId IN (:...unionIds)', { unionIds: ['', ...unions.map((union) => union.id)] });
  if (search !== undefined)
    query.andWhere('(m.name LIKE :search OR m.staffNumber LIKE :search)', {
      search: `${search.replace(/[\\%_]/g, '\\$&')}%`,
    });
  if (state !== undefined) query.andWhere('m.state = :state', { state });
  if (tag !== undefined) query.andWhere('m.id IN (SELECT t.member_id FROM member_tag t WHERE t.tag = :tag)', { tag });
  return readPage(query, 'm.id', page);
}

/** Narrows a query to the unions, under the name u, that lie in one of these branches. */
function inBranches<T extends object>(
  query: SelectQueryBuilder<T>,
  branches: readonly string[],
): SelectQueryBuilder<T> {
  return query.where(
    new Brackets((any) => {
      branches.forEach((path, i) => {
        any.orWhere(`u.path LIKE :branch${i}`, { [`branch${i}`]: `${path}%` });
      });
    }),
  );
}
