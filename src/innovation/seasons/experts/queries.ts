import type { EntityManager } from 'typeorm';
import { readPage } from '../../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../../platform/graphql/connection.ts';
import { idsOnPath, unionPath } from '../../../unions/queries.ts';
import { Expert } from './expert.entity.ts';

/** A page of the register of a union, of all fields or of one, in the order of registering; the cursor is the id. */
export async function expertsOf(
  db: EntityManager,
  { unionId, field }: { unionId: string; field: string | undefined },
  page: PageRequest,
): Promise<Page<Expert>> {
  const query = db.createQueryBuilder(Expert, 'e').where('e.unionId = :unionId AND e.removedAt IS NULL', { unionId });
  if (field !== undefined) query.andWhere('e.field = :field', { field });
  return readPage(query, 'e.id', page);
}

/**
 * The admins who are experts of one of these fields, or of any when it is null, in the registers of a union and of those
 * above it, in the order of registering.
 */
export async function expertsOfFields(
  db: EntityManager,
  unionId: string,
  fields: readonly string[] | null,
): Promise<string[]> {
  const unionIds = ['', ...idsOnPath((await unionPath(db, unionId)) ?? '')];
  const rows: { operatorId: string }[] = await db.query(
    `SELECT operator_id AS operatorId FROM innovation_expert
     WHERE union_id IN (?) AND removed_at IS NULL ${fields === null ? '' : 'AND field IN (?)'}
     GROUP BY operator_id ORDER BY MIN(id)`,
    [unionIds, ...(fields === null ? [] : [['', ...fields]])],
  );
  return rows.map(({ operatorId }) => operatorId);
}
