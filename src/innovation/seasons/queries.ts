import { Brackets, type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { idsOnPath } from '../../unions/queries.ts';
import { UnionNode } from '../../unions/union-node.entity.ts';
import { Category } from './category.entity.ts';
import { Grade } from './grade.entity.ts';
import { Season, type SeasonState } from './season.entity.ts';

/** Which seasons a list shows. */
export interface SeasonFilter {
  year: number | undefined;
  state: SeasonState | undefined;
}

/**
 * A page of the seasons of these branches, and of those that were opened above and take their declarations, the newest
 * first; the cursor is the id.
 */
export async function seasonsIn(
  db: EntityManager,
  branches: readonly string[],
  { year, state }: SeasonFilter,
  page: PageRequest,
): Promise<Page<Season>> {
  const query = db
    .createQueryBuilder(Season, 's')
    .innerJoin(UnionNode, 'u', 'u.id = s.unionId')
    .where(
      new Brackets((any) => {
        const above = ['', ...branches.flatMap(idsOnPath)];
        any.where('s.openedAt IS NOT NULL AND s.unionId IN (:...above)', { above });
        for (const [i, path] of branches.entries())
          any.orWhere(`u.path LIKE :branch${i}`, { [`branch${i}`]: `${path}%` });
      }),
    );
  if (year !== undefined) query.andWhere('s.year = :year', { year });
  if (state !== undefined) query.andWhere('s.state = :state', { state });
  return readPage(query, 's.id', page, 'DESC');
}

/** A page of the seasons that one of these unions opened, of every year or of one, the newest first. */
export async function openedSeasons(
  db: EntityManager,
  unionIds: readonly string[],
  year: number | undefined,
  page: PageRequest,
): Promise<Page<Season>> {
  const query = db
    .createQueryBuilder(Season, 's')
    .where('s.unionId IN (:...unionIds)', { unionIds: ['', ...unionIds] })
    .andWhere('s.openedAt IS NOT NULL');
  if (year !== undefined) query.andWhere('s.year = :year', { year });
  return readPage(query, 's.id', page, 'DESC');
}

/** The categories of seasons, in order. A season without any has no entry. */
export async function categoriesOf(db: EntityManager, seasonIds: readonly string[]): Promise<Map<string, Category[]>> {
  const rows = await db.find(Category, { where: { seasonId: In([...seasonIds]) }, order: { number: 'ASC' } });
  return groupBy(rows, ({ seasonId }) => seasonId);
}

/** The grades of seasons, by category and number. A season without any has no entry. */
export async function gradesOf(db: EntityManager, seasonIds: readonly string[]): Promise<Map<string, Grade[]>> {
  const where = { seasonId: In([...seasonIds]) };
  const rows = await db.find(Grade, { where, order: { categoryNumber: 'ASC', number: 'ASC' } });
  return groupBy(rows, ({ seasonId }) => seasonId);
}
