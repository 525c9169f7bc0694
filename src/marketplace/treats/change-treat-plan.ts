import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import { TreatPlan } from './plan.entity.ts';
import { checkTerms, type TreatTerms } from './plan-terms.ts';
import { linesOfPlans } from './queries.ts';
import { planToChange } from './scope.ts';
import { writePlanLines } from './write-plan-lines.ts';

/**
 * Replaces all that is laid down for a treat (offers:write in its programme's union), from the next round on: one that
 * is put up stays as it is. Resolves with the plan's id; audited. Refusals: TREAT_PLAN_UNKNOWN, those of checkTerms.
 */
export async function changeTreatPlan(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { planId: string; plan: TreatTerms },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeTreatPlan', key, input }, async (tx, now) => {
    const { planId } = input;
    const found = await planToChange(tx, caller, planId);
    if (!found.ok) return found;
    const { plan, unionId } = found.value;
    const lines = await checkTerms(tx, plan.programmeId, input.plan);
    if (!lines.ok) return lines;
    const before = await termsOf(tx, plan);
    const { lines: _, ...terms } = input.plan;
    await tx.update(TreatPlan, { id: planId }, { ...terms, changedBy: caller.actor });
    await writePlanLines(tx, planId, lines.value);
    const target = { targetKind: 'treat_plan', targetId: planId, unionId };
    const values = { before, after: input.plan };
    await recordAudit(tx, { actor: caller.actor, action: 'changeTreatPlan', ...target, ...values }, now);
    return accept(planId);
  });
}

async function termsOf(tx: Tx, plan: TreatPlan): Promise<TreatTerms> {
  const { name, dayOfMonth, whenRest, opens, daysAhead } = plan;
  const lines = (await linesOfPlans(tx, [plan.id])).get(plan.id) ?? [];
  return {
    name,
    dayOfMonth,
    whenRest,
    opens,
    daysAhead,
    lines: lines.map(({ outletId, what, quantity }) => ({ outletId, what, quantity })),
  };
}
