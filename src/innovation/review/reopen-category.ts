import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { reopenScoring } from '../../judging/panels/close-scoring.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import { Category } from '../seasons/category.entity.ts';
import { lockRankedCategory } from './rank-category-again.ts';
import { panelOf } from './scope.ts';

/**
 * Lets the judges of a category whose ranking is not final score again what was declared void (achievements:check in the
 * union of its season), until an instant; closing it again makes a new version, which gives the reason. A notice that is
 * open stays so, and is not final before a new list. Resolves with its id; audited. Refusals: CATEGORY_UNKNOWN,
 * SEASON_DRAFT, SEASON_OVER, CATEGORY_NOT_RANKED, REASON_NEEDED, DEADLINE_OVER.
 */
export async function reopenCategory(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { categoryId: string; scoreUntil: Date; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'reopenCategory', key, input }, async (tx, now) => {
    const { categoryId: id, scoreUntil, reason } = input;
    const found = await lockRankedCategory(tx, caller, input);
    if (!found.ok) return found;
    const { season, category } = found.value;
    const reopened = await reopenScoring(tx, panelOf(category), scoreUntil, now);
    if (!reopened.ok) return reopened;
    await tx.update(Category, { id }, { state: 'scoring', reopenedFor: reason });
    const target = { targetKind: 'category', targetId: id, unionId: season.unionId };
    const change = { before: { state: category.state }, after: { state: 'scoring', scoreUntil, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'reopenCategory', ...target, ...change }, now);
    return accept(id);
  });
}
