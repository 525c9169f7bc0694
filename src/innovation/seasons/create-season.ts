import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { unionInScope } from '../../unions/scope.ts';
import { checkPlan, freePrefix } from './check-plan.ts';
import type { SeasonPlan } from './plan.ts';
import { writeSeason } from './write-season.ts';

/**
 * Makes the draft of a season of a union in which the admin holds achievements:check; resolves with its id; audited. It
 * is open to the whole branch of the union. Refusals: UNION_UNKNOWN, PREFIX_TAKEN, those of `checkPlan`.
 */
export async function createSeason(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { unionId: string; plan: SeasonPlan },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'createSeason', key, input }, async (tx, now) => {
    const { unionId } = input;
    const union = await unionInScope(tx, caller, 'achievements:check', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const plan = await checkPlan(tx, union.value, input.plan);
    if (!plan.ok) return plan;
    const free = await freePrefix(tx, plan.value.certificatePrefix, 'plan.certificatePrefix');
    if (!free.ok) return free;
    const id = await writeSeason(tx, { unionId, copiedFrom: null }, plan.value, now);
    const target = { targetKind: 'season', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createSeason', ...target, after: plan.value }, now);
    return accept(id);
  });
}
