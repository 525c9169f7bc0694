import { act } from '../../identity/act.ts';
import type { StaffCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/result.ts';
import { Merchant } from '../merchant.entity.ts';
import { outletUnknown } from '../refusals.ts';
import { unionsServed } from '../scope.ts';
import { applyChange, lockOutlet, type OutletChange } from './apply-change.ts';

/** What an owner may change of an outlet. Its name stands in the union’s papers, and only the union changes it. */
export type OwnOutletChange = Omit<OutletChange, 'name'>;

/**
 * Changes where an outlet of the owner’s firm is and when it is open: any of the firm’s, or the owner’s own where the
 * owner has but one. Resolves with its id; audited. Refusals: OUTLET_UNKNOWN, those of applyChange.
 */
export async function changeOwnOutlet(
  deps: Deps,
  caller: StaffCaller,
  key: string,
  input: OwnOutletChange,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeOutlet', key, input }, async (tx, now) => {
    const outlet = await lockOutlet(tx, input.outletId);
    const isOwn = caller.outletId === null || caller.outletId === input.outletId;
    if (!isOwn || outlet?.merchantId !== caller.merchantId) return refuse(outletUnknown);
    const merchant = await tx.findOneByOrFail(Merchant, { id: caller.merchantId });
    const [union] = await unionsServed(tx, merchant.id);
    const { outletId, address, place, hours } = input;
    const of = { outlet, merchant, unionId: union?.id ?? null, actor: caller.actor };
    return applyChange(tx, of, { outletId, address, place, hours }, now);
  });
}
