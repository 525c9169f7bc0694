import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { wrongText } from './form.ts';
import { LONGEST_REASON } from './limits.ts';
import { reasonNeeded, seasonOver } from './refusals.ts';
import { lockSeasonInScope } from './scope.ts';
import { Season } from './season.entity.ts';

/**
 * Calls a season off that is not final (achievements:check in its union); a draft is done away with so. Resolves with its
 * id; audited. Its notice, where one is open, is withdrawn soon after. Refusals: SEASON_UNKNOWN, SEASON_OVER,
 * REASON_NEEDED.
 */
export async function cancelSeason(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { seasonId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'cancelSeason', key, input }, async (tx, now) => {
    const { seasonId: id, reason } = input;
    const found = await lockSeasonInScope(tx, caller, id);
    if (!found.ok) return found;
    const { state } = found.value.season;
    if (state === 'final' || state === 'cancelled') return refuse(seasonOver);
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    await tx.update(Season, { id, state }, { state: 'cancelled', cancelledAt: now, cancelReason: reason });
    const target = { targetKind: 'season', targetId: id, unionId: found.value.union.id };
    const change = { before: { state }, after: { state: 'cancelled', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'cancelSeason', ...target, ...change }, now);
    return accept(id);
  });
}
