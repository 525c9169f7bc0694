import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { addJudge } from '../../judging/judges/invite-judge.ts';
import { judgesOfPanels } from '../../judging/judges/queries.ts';
import { MOST_JUDGES } from '../../judging/limits.ts';
import { lockPanelInScope } from '../../judging/scope.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { expertsOfFields } from '../seasons/experts/queries.ts';
import { categoryNotOpen, expertsMissing } from './refusals.ts';
import { lockCategoryInScope, panelOf } from './scope.ts';

/**
 * Invites all experts of the fields of a category to its panel (achievements:check and judging:write in the union of its
 * season), before its scoring begins; those who were invited before are passed over, whatever they answered, and so is
 * who may not score any more. Resolves with the category's id; audited. Refusals: CATEGORY_UNKNOWN, SEASON_DRAFT,
 * SEASON_OVER, CATEGORY_NOT_OPEN, PANEL_UNKNOWN, PANEL_BUSY, EXPERTS_MISSING.
 */
export async function inviteExperts(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { categoryId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'inviteExperts', key, input }, async (tx, now) => {
    const { categoryId } = input;
    const found = await lockCategoryInScope(tx, caller, categoryId);
    if (!found.ok) return found;
    const { season, category } = found.value;
    if (category.state !== 'open') return refuse(categoryNotOpen);
    const panel = await lockPanelInScope(tx, caller, panelOf(category));
    if (!panel.ok) return refuse({ ...panel.refusal, at: 'categoryId' });
    const before = await judgesOfPanels(tx, [panel.value.id]);
    const known = new Set(before.map(({ operatorId }) => operatorId));
    const experts = await expertsOfFields(tx, season.unionId, category.fields);
    const invited: string[] = [];
    for (const adminId of experts.filter((id) => !known.has(id)).slice(0, MOST_JUDGES - known.size)) {
      const added = await addJudge(tx, panel.value, { adminId, criteria: null, invitedBy: caller.actor }, now);
      if (added.ok) invited.push(adminId);
    }
    if (invited.length === 0) return refuse(expertsMissing);
    const target = { targetKind: 'category', targetId: categoryId, unionId: season.unionId };
    const after = { panelId: panel.value.id, adminIds: invited };
    await recordAudit(tx, { actor: caller.actor, action: 'inviteExperts', ...target, after }, now);
    return accept(categoryId);
  });
}
