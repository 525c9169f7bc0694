import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { Category } from '../seasons/category.entity.ts';
import { seasonOver } from '../seasons/refusals.ts';
import { Season } from '../seasons/season.entity.ts';
import { categoryUnknown, seasonNotOpened } from './refusals.ts';

/** A category of a season that was opened for declarations. */
export interface CategoryAtHand {
  season: Season;
  category: Category;
}

/** The category, when the admin holds the permission in the union of its season. Refusal: CATEGORY_UNKNOWN. */
export async function categoryInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<CategoryAtHand>> {
  const category = await db.findOneBy(Category, { id });
  const season = category && (await db.findOneByOrFail(Season, { id: category.seasonId }));
  const path = season ? await unionPath(db, season.unionId) : undefined;
  return season && path !== undefined && mayIn(caller, permission, path)
    ? accept({ season, category })
    : refuse(categoryUnknown);
}

/**
 * `categoryInScope` with achievements:check, of a season that is not over, as it stands now. The season is locked until
 * the commit: whoever changes anything of a review or a list takes this lock first. Refusals: CATEGORY_UNKNOWN,
 * SEASON_DRAFT, SEASON_OVER.
 */
export async function lockCategoryInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<CategoryAtHand>> {
  const seen = await tx.findOneBy(Category, { id });
  if (seen) await tx.query('SELECT id FROM innovation_season WHERE id = ? FOR UPDATE', [seen.seasonId]);
  const found = await categoryInScope(tx, caller, 'achievements:check', id);
  if (!found.ok) return found;
  const { state } = found.value.season;
  if (state === 'draft') return refuse({ ...seasonNotOpened, at: 'categoryId' });
  return state === 'final' || state === 'cancelled' ? refuse({ ...seasonOver, at: 'categoryId' }) : found;
}

/** The panel of a category that has one, as every category has in which anything is reviewed. */
export function panelOf({ id, state, panelId }: Category): string {
  if (panelId === null) throw new Error(`the category ${id} is ${state} and has no panel`);
  return panelId;
}
