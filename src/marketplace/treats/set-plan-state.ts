import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import type { TreatPlanState } from './plan.entity.ts';
import { planToChange } from './scope.ts';

/**
 * Puts up no more rounds of a treat for now (offers:write in its programme's union); one that is put up stays, and its
 * offers are paused or ended one by one. Resolves with the plan's id; audited. Refusal: TREAT_PLAN_UNKNOWN.
 */
export function pauseTreatPlan(deps: Deps, caller: AdminCaller, key: string, input: { planId: string }) {
  return setState(deps, caller, key, input, { state: 'paused', action: 'pauseTreatPlan' });
}

/**
 * Puts up the rounds of a paused treat again (offers:write in its programme's union), those of days that are over
 * excepted. Resolves with the plan's id; audited. Refusal: TREAT_PLAN_UNKNOWN.
 */
export function resumeTreatPlan(deps: Deps, caller: AdminCaller, key: string, input: { planId: string }) {
  return setState(deps, caller, key, input, { state: 'active', action: 'resumeTreatPlan' });
}

function setState(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { planId: string },
  { state, action }: { state: TreatPlanState; action: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: action, key, input }, async (tx, now) => {
    const found = await planToChange(tx, caller, input.planId);
    if (!found.ok) return found;
    const { plan, unionId } = found.value;
    if (plan.state === state) return accept(plan.id);
    await tx.query('UPDATE treat_plan SET state = ? WHERE id = ?', [state, plan.id]);
    const target = { targetKind: 'treat_plan', targetId: plan.id, unionId };
    const values = { before: { state: plan.state }, after: { state } };
    await recordAudit(tx, { actor: caller.actor, action, ...target, ...values }, now);
    return accept(plan.id);
  });
}
