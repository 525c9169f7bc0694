import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { textLength } from '../refusals.ts';
import { isText } from '../text.ts';
import { contractEndInPast, contractEndLater } from './refusals.ts';
import { contractInScope } from './scope.ts';

/**
 * Puts the last day of a contract earlier, to today at the earliest; resolves with its id; audited. From the day after
 * nothing more is sold or charged under it, and vouchers that were bought stay good. The admin must hold
 * merchants:write in the programme's union. Refusals: CONTRACT_UNKNOWN, TEXT_LENGTH (reason), CONTRACT_END_IN_PAST,
 * CONTRACT_END_LATER.
 */
export async function endContract(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { contractId: string; untilDay: BeijingDay; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'endContract', key, input }, async (tx, now) => {
    const { contractId, untilDay, reason } = input;
    await tx.query('SELECT id FROM contract WHERE id = ? FOR UPDATE', [contractId]);
    const found = await contractInScope(tx, caller, 'merchants:write', contractId);
    if (!found.ok) return found;
    const { contract, unionId } = found.value;
    if (!isText(reason, 500)) return refuse(textLength('reason', 500));
    if (untilDay < beijingDay(now) || untilDay < contract.fromDay) return refuse(contractEndInPast);
    if (contract.untilDay !== null && untilDay > contract.untilDay) return refuse(contractEndLater);
    await tx.query('UPDATE contract SET until_day = ?, end_reason = ? WHERE id = ?', [untilDay, reason, contractId]);
    const target = { targetKind: 'contract', targetId: contractId, unionId };
    const change = { before: { untilDay: contract.untilDay }, after: { untilDay, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'endContract', ...target, ...change }, now);
    return accept(contractId);
  });
}
