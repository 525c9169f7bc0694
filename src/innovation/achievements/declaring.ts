import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { memberStandings } from '../../unions/standing.ts';
import type { Category } from '../seasons/category.entity.ts';
import { type Classified, categoryFor, takesDeclarations } from '../seasons/category-for.ts';
import { categoriesOf } from '../seasons/queries.ts';
import { seasonUnknown } from '../seasons/refusals.ts';
import { holdSeason } from '../seasons/scope.ts';
import type { Season } from '../seasons/season.entity.ts';
import { categoryMissing, seasonClosed } from './refusals.ts';

/**
 * A season in which a member can declare now, held until the commit, so that nobody closes it meanwhile. Refusals:
 * SEASON_UNKNOWN, also for one that is not open to her union; SEASON_CLOSED.
 */
export async function holdSeasonToDeclare(
  tx: Tx,
  seasonId: string,
  declarerId: string,
  now: Date,
): Promise<Result<Season>> {
  const season = await holdSeason(tx, seasonId);
  const standing = (await memberStandings(tx, [declarerId])).get(declarerId);
  if (!season?.openedAt || !standing?.unionPath.includes(`/${season.unionId}/`)) return refuse(seasonUnknown);
  return takesDeclarations(season, now) ? accept(season) : refuse(seasonClosed);
}

/** The category of a season to which an achievement belongs. Refusal: CATEGORY_MISSING. */
export async function categoryIn(tx: Tx, seasonId: string, classified: Classified): Promise<Result<Category>> {
  const categories = (await categoriesOf(tx, [seasonId])).get(seasonId) ?? [];
  const category = categoryFor(categories, classified);
  return category ? accept(category) : refuse(categoryMissing);
}

/** Whether a category asks for evidence: one of its criteria does. */
export function asksForEvidence({ criteria }: Pick<Category, 'criteria'>): boolean {
  return criteria.some(({ evidenceAsked }) => evidenceAsked !== '');
}
