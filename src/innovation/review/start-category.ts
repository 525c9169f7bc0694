import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { openScoring } from '../../judging/panels/open-scoring.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Category } from '../seasons/category.entity.ts';
import { categoryNotOpen } from './refusals.ts';
import { lockCategoryInScope, panelOf } from './scope.ts';

/**
 * Lets the judges of a category score (achievements:check in the union of its season), once they were assigned. Resolves
 * with its id; audited. Refusals: CATEGORY_UNKNOWN, SEASON_DRAFT, SEASON_OVER, CATEGORY_NOT_OPEN, and those of
 * `openScoring`.
 */
export async function startCategory(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { categoryId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'startCategory', key, input }, async (tx, now) => {
    const { categoryId: id } = input;
    const found = await lockCategoryInScope(tx, caller, id);
    if (!found.ok) return found;
    const { season, category } = found.value;
    if (category.state !== 'open') return refuse(categoryNotOpen);
    const opened = await openScoring(tx, panelOf(category), now);
    if (!opened.ok) return opened;
    await tx.update(Category, { id }, { state: 'scoring' });
    const target = { targetKind: 'category', targetId: id, unionId: season.unionId };
    const change = { before: { state: 'open' }, after: { state: 'scoring' } };
    await recordAudit(tx, { actor: caller.actor, action: 'startCategory', ...target, ...change }, now);
    return accept(id);
  });
}
