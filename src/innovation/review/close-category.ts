import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { closeScoring } from '../../judging/panels/close-scoring.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { rankCategory } from './rank-category.ts';
import { categoryNotScoring } from './refusals.ts';
import { lockCategoryInScope, panelOf } from './scope.ts';

/**
 * Ends the scoring of a category (achievements:check in the union of its season) and ranks it. Resolves with its id;
 * audited. Refusals: CATEGORY_UNKNOWN, SEASON_DRAFT, SEASON_OVER, CATEGORY_NOT_SCORING, and those of `closeScoring` and
 * `rankPanel`.
 */
export async function closeCategory(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { categoryId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'closeCategory', key, input }, async (tx, now) => {
    const { categoryId: id } = input;
    const found = await lockCategoryInScope(tx, caller, id);
    if (!found.ok) return found;
    const { season, category } = found.value;
    if (category.state !== 'scoring') return refuse(categoryNotScoring);
    const closed = await closeScoring(tx, panelOf(category), now);
    if (!closed.ok) return closed;
    const ranked = await rankCategory(tx, category, { actor: caller.actor, reason: category.reopenedFor }, now);
    if (!ranked.ok) return ranked;
    const target = { targetKind: 'category', targetId: id, unionId: season.unionId };
    const change = { before: { state: 'scoring' }, after: { state: 'ranked', rankingId: ranked.value } };
    await recordAudit(tx, { actor: caller.actor, action: 'closeCategory', ...target, ...change }, now);
    return accept(id);
  });
}
