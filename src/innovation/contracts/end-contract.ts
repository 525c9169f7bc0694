import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { LONGEST_REASON } from './limits.ts';
import { contractEndDay, contractEndedAlready, reasonNeeded } from './refusals.ts';
import { lockContractInScope } from './scope.ts';

/**
 * Puts the last day of a contract earlier (innovation-contracts:write in its union), to today at the earliest, once;
 * resolves with its id; audited. What it promised until then stays owed: benefits accepted by that day are rewarded, and
 * payments are still recorded. Refusals: INNOVATION_CONTRACT_UNKNOWN, CONTRACT_ENDED, REASON_NEEDED, CONTRACT_END_DAY.
 */
export async function endInnovationContract(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { contractId: string; lastDay: BeijingDay; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'endInnovationContract', key, input }, async (tx, now) => {
    const { contractId: id, lastDay, reason } = input;
    const found = await lockContractInScope(tx, caller, id);
    if (!found.ok) return found;
    const { unionId, state, validFrom, validUntil } = found.value;
    if (state === 'ended') return refuse(contractEndedAlready);
    if (!isLine(reason, LONGEST_REASON)) return refuse(reasonNeeded);
    if (lastDay < beijingDay(now) || lastDay < validFrom || lastDay >= validUntil) return refuse(contractEndDay);
    await tx.query(
      "UPDATE innovation_contract SET state = 'ended', valid_until = ?, ended_at = ?, end_reason = ? WHERE id = ?",
      [lastDay, now, reason, id],
    );
    const target = { targetKind: 'innovation_contract', targetId: id, unionId };
    const change = { before: { validUntil }, after: { validUntil: lastDay, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'endInnovationContract', ...target, ...change }, now);
    return accept(id);
  });
}
