import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { isOver, type MerchantState } from './merchant.entity.ts';
import { changeState } from './merchants/change-state.ts';
import { merchantStateOrder } from './merchants/refusals.ts';
import { merchantEnded } from './refusals.ts';
import { wholeMerchantInScope } from './scope.ts';

/** From which states an admin may bring a merchant to each other one; the rest is for applications and contracts. */
const FROM: Partial<Record<MerchantState, readonly MerchantState[]>> = {
  active: ['suspended'],
  suspended: ['active'],
  ended: ['approved', 'active', 'suspended'],
};

/**
 * Suspends a merchant, makes it active again, or ends it for good; resolves with its id; audited. While it is not
 * active its staff cannot act and its offers are not listed. The admin must hold merchants:write in the unions of all
 * programmes that it serves. Refusals: MERCHANT_UNKNOWN, MERCHANT_SHARED, MERCHANT_ENDED, MERCHANT_STATE_ORDER.
 */
export async function setMerchantState(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { merchantId: string; state: MerchantState },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setMerchantState', key, input }, async (tx, now) => {
    const { merchantId, state } = input;
    await tx.query('SELECT id FROM merchant WHERE id = ? FOR UPDATE', [merchantId]);
    const found = await wholeMerchantInScope(tx, caller, 'merchants:write', merchantId);
    if (!found.ok) return found;
    const before = found.value.merchant.state;
    if (state === before) return accept(merchantId);
    if (isOver(found.value.merchant)) return refuse(merchantEnded);
    if (!FROM[state]?.includes(before)) return refuse(merchantStateOrder);
    await changeState(tx, merchantId, state);
    const target = { targetKind: 'merchant', targetId: merchantId, unionId: found.value.unionId };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'setMerchantState', ...target, before: { state: before }, after: { state } },
      now,
    );
    return accept(merchantId);
  });
}
