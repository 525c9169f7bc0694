import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { TreatPlan } from './plan.entity.ts';
import { checkTerms, type TreatTerms } from './plan-terms.ts';
import { writePlanLines } from './write-plan-lines.ts';

/**
 * Plans a treat of every month for a programme in whose union the admin holds offers:write; its rounds are put up by the
 * nightly job from now on. Resolves with its id; audited. Refusals: PROGRAMME_UNKNOWN, those of checkTerms.
 */
export async function createTreatPlan(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { programmeId: string; plan: TreatTerms },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'createTreatPlan', key, input }, async (tx, now) => {
    const { programmeId, plan } = input;
    const programme = await programmeInScope(tx, caller, 'offers:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const lines = await checkTerms(tx, programmeId, plan);
    if (!lines.ok) return lines;
    const id = newId();
    const { lines: _, ...terms } = plan;
    await tx.insert(TreatPlan, {
      id,
      programmeId,
      ...terms,
      state: 'active',
      changedBy: caller.actor,
      createdAt: now,
    });
    await writePlanLines(tx, id, lines.value);
    const target = { targetKind: 'treat_plan', targetId: id, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createTreatPlan', ...target, after: input }, now);
    return accept(id);
  });
}
