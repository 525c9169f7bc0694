import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { wrongText } from '../seasons/form.ts';
import { LONGEST_REASON } from '../seasons/limits.ts';
import { reasonNeeded } from '../seasons/refusals.ts';
import { rankCategory } from './rank-category.ts';
import { categoryNotRanked } from './refusals.ts';
import { type CategoryAtHand, lockCategoryInScope } from './scope.ts';

/**
 * Makes a new version of a category's ranking that is not final (achievements:check in the union of its season), as after
 * a sheet was declared void that need not be scored again; a new list of honours is to be made of it then. Resolves with
 * its id; audited. Refusals: CATEGORY_UNKNOWN, SEASON_DRAFT, SEASON_OVER, CATEGORY_NOT_RANKED, REASON_NEEDED,
 * SCORES_MISSING.
 */
export async function rankCategoryAgain(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { categoryId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'rankCategoryAgain', key, input }, async (tx, now) => {
    const { categoryId: id, reason } = input;
    const found = await lockRankedCategory(tx, caller, input);
    if (!found.ok) return found;
    const { season, category } = found.value;
    const ranked = await rankCategory(tx, category, { actor: caller.actor, reason }, now);
    if (!ranked.ok) return ranked;
    const target = { targetKind: 'category', targetId: id, unionId: season.unionId };
    const change = { before: { state: category.state }, after: { state: 'ranked', rankingId: ranked.value, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'rankCategoryAgain', ...target, ...change }, now);
    return accept(id);
  });
}

/**
 * A category that has a ranking which is not final, to change it for a reason. Refusals: CATEGORY_UNKNOWN, SEASON_DRAFT,
 * SEASON_OVER, CATEGORY_NOT_RANKED, REASON_NEEDED.
 */
export async function lockRankedCategory(
  tx: Tx,
  caller: AdminCaller,
  { categoryId, reason }: { categoryId: string; reason: string },
): Promise<Result<CategoryAtHand>> {
  const found = await lockCategoryInScope(tx, caller, categoryId);
  if (!found.ok) return found;
  const { state } = found.value.category;
  if (state !== 'ranked' && state !== 'listed') return refuse(categoryNotRanked);
  return wrongText('reason', reason, LONGEST_REASON) ? refuse(reasonNeeded) : found;
}
