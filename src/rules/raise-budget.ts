import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { setBudget } from '../ledger/budget.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import type { Points } from '../platform/points.ts';
import { accept } from '../platform/result.ts';
import { programmeInScope } from '../unions/scope.ts';
import { enqueueOverBudget } from './pay-waiting.ts';

/**
 * Sets what a programme of the admin's branch (budgets:write) may issue in all, and has the events paid that waited for
 * it. Resolves with the programme's id; audited. Refusals: PROGRAMME_UNKNOWN, BUDGET_BELOW_ISSUED.
 */
export async function raiseBudget(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { programmeId: string; budget: Points },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setProgrammeBudget', key, input }, async (tx, now) => {
    const { programmeId, budget } = input;
    const programme = await programmeInScope(tx, caller, 'budgets:write', programmeId);
    if (!programme.ok) return programme;
    const set = await setBudget(tx, programmeId, budget);
    if (!set.ok) return set;
    await enqueueOverBudget(tx, programmeId, now);
    const target = { targetKind: 'programme', targetId: programmeId, unionId: programme.value.unionId };
    await recordAudit(
      tx,
      {
        actor: caller.actor,
        action: 'setProgrammeBudget',
        ...target,
        before: { budget: set.value },
        after: { budget },
      },
      now,
    );
    return accept(programmeId);
  });
}
