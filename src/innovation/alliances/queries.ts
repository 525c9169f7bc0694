import { Brackets, type EntityManager, In, IsNull } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { UnionNode } from '../../unions/union-node.entity.ts';
import { Alliance, type AllianceState } from './alliance.entity.ts';
import { AllianceStudio } from './alliance-studio.entity.ts';

/** How many alliances of a studio its view shows. */
export const ALLIANCES_SHOWN = 20;

/** A page of the alliances of these branches, the newest first; the cursor is the id. */
export async function alliancesIn(
  db: EntityManager,
  branches: readonly string[],
  state: AllianceState | undefined,
  page: PageRequest,
): Promise<Page<Alliance>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  const query = db
    .createQueryBuilder(Alliance, 'a')
    .innerJoin(UnionNode, 'u', 'u.id = a.unionId')
    .where(
      new Brackets((any) => {
        for (const [i, path] of branches.entries())
          any.orWhere(`u.path LIKE :branch${i}`, { [`branch${i}`]: `${path}%` });
      }),
    );
  if (state !== undefined) query.andWhere('a.state = :state', { state });
  return readPage(query, 'a.id', page, 'DESC');
}

/** The studios that are members of alliances now, in the order of their joining; one that has ended has no entry. */
export async function memberStudiosOf(
  db: EntityManager,
  allianceIds: readonly string[],
): Promise<Map<string, AllianceStudio[]>> {
  const parts = await db.find(AllianceStudio, {
    where: { allianceId: In([...allianceIds]), leftOn: IsNull() },
    order: { id: 'ASC' },
  });
  return groupBy(parts, ({ allianceId }) => allianceId);
}

/**
 * The alliances in which studios are now, leading them or as members, the newest first, so many of each as are shown; a
 * studio of none has no entry.
 */
export async function alliancesOf(db: EntityManager, studioIds: readonly string[]): Promise<Map<string, Alliance[]>> {
  const ids = ['', ...studioIds];
  const rows: { studioId: string; allianceId: string }[] = await db.query(
    `SELECT lead_studio_id AS studioId, id AS allianceId FROM alliance WHERE lead_studio_id IN (?) AND state = 'active'
     UNION ALL SELECT studio_id, alliance_id FROM alliance_studio WHERE studio_id IN (?) AND left_on IS NULL`,
    [ids, ids],
  );
  const found = await db.findBy(Alliance, { id: In(rows.map(({ allianceId }) => allianceId)) });
  const alliances = new Map(found.map((alliance) => [alliance.id, alliance]));
  const ofStudios = groupBy(rows, ({ studioId }) => studioId);
  return new Map(
    [...ofStudios].map(([studioId, parts]) => {
      const ofStudio = parts.map(({ allianceId }) => alliances.get(allianceId)!);
      return [studioId, ofStudio.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, ALLIANCES_SHOWN)];
    }),
  );
}
