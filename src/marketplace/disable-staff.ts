import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { disableOperator } from '../identity/disable-operator.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept } from '../platform/result.ts';
import { staffInScope, wholeMerchantInScope } from './scope.ts';

/**
 * Shuts a person out of the merchant door for good, open sessions included; resolves with the operator's id, also when
 * it was done before; audited. The admin must hold merchants:write in the unions of all programmes that the merchant
 * serves. Refusals: STAFF_UNKNOWN, MERCHANT_SHARED.
 */
export async function disableStaff(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { operatorId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'disableStaff', key, input }, async (tx, now) => {
    const { operatorId } = input;
    const staff = await staffInScope(tx, caller, 'merchants:write', operatorId);
    if (!staff.ok) return staff;
    const merchant = await wholeMerchantInScope(tx, caller, 'merchants:write', staff.value.merchantId);
    if (!merchant.ok) return merchant;
    if (!(await disableOperator(tx, operatorId, now))) return accept(operatorId);
    const target = { targetKind: 'staff', targetId: operatorId, unionId: merchant.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'disableStaff', ...target }, now);
    return accept(operatorId);
  });
}
