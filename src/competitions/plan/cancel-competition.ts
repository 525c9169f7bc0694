import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Competition } from './competition.entity.ts';
import { wrongText } from './form.ts';
import { LONGEST_REASON } from './limits.ts';
import { competitionOver, reasonNeeded } from './refusals.ts';
import { lockCompetitionInScope } from './scope.ts';

/**
 * Calls a competition off that is not finished (competitions:write in its union); a draft is done away with so. Resolves
 * with its id; audited. Refusals: COMPETITION_UNKNOWN, COMPETITION_OVER, REASON_NEEDED.
 */
export async function cancelCompetition(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { competitionId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'cancelCompetition', key, input }, async (tx, now) => {
    const { competitionId: id, reason } = input;
    const found = await lockCompetitionInScope(tx, caller, 'competitions:write', id);
    if (!found.ok) return found;
    const { state } = found.value.competition;
    if (state === 'finished' || state === 'cancelled') return refuse(competitionOver);
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    await tx.update(Competition, { id, state }, { state: 'cancelled', cancelledAt: now, cancelReason: reason });
    const target = { targetKind: 'competition', targetId: id, unionId: found.value.union.id };
    const change = { before: { state }, after: { state: 'cancelled', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'cancelCompetition', ...target, ...change }, now);
    return accept(id);
  });
}
