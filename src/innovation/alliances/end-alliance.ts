import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { wrongText } from '../studios/form.ts';
import { LONGEST_REASON } from '../studios/limits.ts';
import { reasonNeeded } from '../studios/refusals.ts';
import { Alliance } from './alliance.entity.ts';
import { lockAllianceInScope } from './scope.ts';

/**
 * Ends an alliance for good, for a reason (studios:write in its union); all its studios leave it. Resolves with its id;
 * audited. Refusals: ALLIANCE_UNKNOWN, ALLIANCE_ENDED, REASON_NEEDED.
 */
export async function endAlliance(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { allianceId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'endAlliance', key, input }, async (tx, now) => {
    const { allianceId, reason } = input;
    const found = await lockAllianceInScope(tx, caller, allianceId);
    if (!found.ok) return found;
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const today = beijingDay(now);
    await tx.update(Alliance, { id: allianceId }, { state: 'ended', endedOn: today, endReason: reason });
    await tx.query('UPDATE alliance_studio SET left_on = ? WHERE alliance_id = ? AND left_on IS NULL', [
      today,
      allianceId,
    ]);
    const target = { targetKind: 'alliance', targetId: allianceId, unionId: found.value.alliance.unionId };
    const change = { before: { state: 'active' }, after: { state: 'ended', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'endAlliance', ...target, ...change }, now);
    return accept(allianceId);
  });
}
