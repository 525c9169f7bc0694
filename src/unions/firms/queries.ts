import { type EntityManager, In } from 'typeorm';
import { idsOnPath } from '../queries.ts';
import { Firm } from './firm.entity.ts';

/** The firms of these unions, in no order; unions without one are passed over. */
export async function findFirms(db: EntityManager, unionIds: readonly string[]): Promise<Firm[]> {
  return db.find(Firm, { where: { unionId: In([...unionIds]) } });
}

/**
 * The firm in which somebody works whose union has this path: of the union itself or the nearest one above that stands
 * for a firm. A path without one has no entry. One statement, however many.
 */
export async function firmsOfPaths(db: EntityManager, paths: readonly string[]): Promise<Map<string, Firm>> {
  const ids = [...new Set(paths.flatMap(idsOnPath))];
  const firms = new Map((await findFirms(db, ids)).map((firm) => [firm.unionId, firm]));
  const found = new Map<string, Firm>();
  for (const path of paths) {
    const nearest = idsOnPath(path).findLast((id) => firms.has(id));
    if (nearest !== undefined) found.set(path, firms.get(nearest)!);
  }
  return found;
}
