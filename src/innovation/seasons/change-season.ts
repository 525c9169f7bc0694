import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { checkPlan, freePrefix } from './check-plan.ts';
import type { SeasonPlan } from './plan.ts';
import { readPlan } from './read-plan.ts';
import { seasonOpened, seasonOver } from './refusals.ts';
import { lockSeasonInScope } from './scope.ts';
import { rewriteSeason } from './write-season.ts';

/**
 * Plans a draft anew, all of it (achievements:check in its union); resolves with its id; audited. Refusals:
 * SEASON_UNKNOWN, SEASON_OPENED, SEASON_OVER, PREFIX_TAKEN, those of `checkPlan`.
 */
export async function changeSeason(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { seasonId: string; plan: SeasonPlan },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeSeason', key, input }, async (tx, now) => {
    const { seasonId } = input;
    const found = await lockSeasonInScope(tx, caller, seasonId);
    if (!found.ok) return found;
    const { season, union } = found.value;
    if (season.state === 'cancelled') return refuse(seasonOver);
    if (season.state !== 'draft') return refuse(seasonOpened);
    const plan = await checkPlan(tx, union, input.plan);
    if (!plan.ok) return plan;
    const free = await freePrefix(tx, plan.value.certificatePrefix, 'plan.certificatePrefix', seasonId);
    if (!free.ok) return free;
    const before = await readPlan(tx, season);
    await rewriteSeason(tx, seasonId, plan.value);
    const target = { targetKind: 'season', targetId: seasonId, unionId: union.id };
    const change = { before, after: plan.value };
    await recordAudit(tx, { actor: caller.actor, action: 'changeSeason', ...target, ...change }, now);
    return accept(seasonId);
  });
}
