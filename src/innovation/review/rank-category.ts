import { type MadeBy, rankPanel } from '../../judging/ranking/rank-panel.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Result } from '../../platform/result.ts';
import { Category } from '../seasons/category.entity.ts';
import { panelOf } from './scope.ts';

/**
 * Makes the next version of the ranking of a category whose season is locked and whose panel is closed; the list of
 * honours is to be made of it then. Resolves with the version's id. Refusals: those of `rankPanel`.
 */
export async function rankCategory(tx: Tx, category: Category, by: MadeBy, now: Date): Promise<Result<string>> {
  const made = await rankPanel(tx, panelOf(category), by, now);
  if (!made.ok) return made;
  await tx.update(Category, { id: category.id }, { state: 'ranked', rankingId: made.value, reopenedFor: null });
  return made;
}
