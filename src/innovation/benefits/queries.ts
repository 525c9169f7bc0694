import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { Benefit, type BenefitState } from './benefit.entity.ts';

/** Which benefits a list shows: of these branches; of this season; in this state; those alone that have no reward. */
export interface BenefitFilter {
  branches: readonly string[];
  seasonId: string | undefined;
  state: BenefitState | undefined;
  notRewarded: boolean;
}

/** A page of benefits, the one claimed first last; the cursor is the id. */
export async function benefitsIn(
  db: EntityManager,
  { branches, seasonId, state, notRewarded }: BenefitFilter,
  page: PageRequest,
): Promise<Page<Benefit>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  const paths = branches.map((path, i) => [`branch${i}`, `${path}%`] as const);
  const query = db
    .createQueryBuilder(Benefit, 'b')
    .innerJoin('union_node', 'u', 'u.id = b.unionId')
    .where(`(${paths.map(([name]) => `u.path LIKE :${name}`).join(' OR ')})`, Object.fromEntries(paths));
  if (seasonId !== undefined) query.andWhere('b.seasonId = :seasonId', { seasonId });
  if (state !== undefined) query.andWhere('b.state = :state', { state });
  if (notRewarded)
    query.andWhere('NOT EXISTS (SELECT 1 FROM reward r WHERE r.achievement_id = b.achievement_id AND r.is_living = 1)');
  return readPage(query, 'b.id', page, 'DESC');
}

/** The benefits of achievements by their ids; one without is absent. */
export async function benefitsOf(db: EntityManager, achievementIds: readonly string[]): Promise<Map<string, Benefit>> {
  const rows = await db.findBy(Benefit, { achievementId: In([...achievementIds]) });
  return new Map(rows.map((row) => [row.achievementId, row]));
}

/** A benefit that is known to exist. */
export function findBenefit(db: EntityManager, id: string): Promise<Benefit> {
  return db.findOneByOrFail(Benefit, { id });
}
