import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import { lookUpAnew } from '../identity/live-callers.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import type { MerchantState } from './merchant.entity.ts';
import { MerchantStaff } from './merchant-staff.entity.ts';
import { merchantEnded } from './refusals.ts';
import { wholeMerchantInScope } from './scope.ts';

/**
 * Suspends a merchant, makes it active again, or ends it for good; resolves with its id; audited. While it is not
 * active its staff cannot act and its offers are not listed. The admin must hold merchants:write in the unions of all
 * programmes that it serves. Refusals: MERCHANT_UNKNOWN, MERCHANT_SHARED, MERCHANT_ENDED.
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
    if (before === 'ended') return refuse(merchantEnded);
    await tx.query('UPDATE merchant SET state = ? WHERE id = ?', [state, merchantId]);
    const staff = await tx.findBy(MerchantStaff, { merchantId });
    for (const { operatorId } of staff) lookUpAnew(tx.dataSource, operatorId);
    const target = { targetKind: 'merchant', targetId: merchantId, unionId: found.value.unionId };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'setMerchantState', ...target, before: { state: before }, after: { state } },
      now,
    );
    return accept(merchantId);
  });
}
