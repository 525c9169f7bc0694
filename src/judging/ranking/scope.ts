import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { panelInScope } from '../scope.ts';
import { Ranking } from './ranking.entity.ts';

/** The version of a ranking, when the admin holds the permission in the union of its panel; else null. */
export async function rankingInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Ranking | null> {
  const ranking = await db.findOneBy(Ranking, { id });
  if (!ranking) return null;
  return (await panelInScope(db, caller, permission, ranking.panelId)).ok ? ranking : null;
}
