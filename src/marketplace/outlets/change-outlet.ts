import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/result.ts';
import { outletUnknown } from '../refusals.ts';
import { merchantInScope } from '../scope.ts';
import { applyChange, lockOutlet, type OutletChange } from './apply-change.ts';

/**
 * Changes what is known of an outlet whose merchant serves a programme in whose union the admin holds merchants:write.
 * Resolves with the outlet’s id; audited. Refusals: OUTLET_UNKNOWN, those of applyChange.
 */
export async function changeOutlet(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: OutletChange,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeOutlet', key, input }, async (tx, now) => {
    const outlet = await lockOutlet(tx, input.outletId);
    const found = outlet && (await merchantInScope(tx, caller, 'merchants:write', outlet.merchantId));
    if (!outlet || !found?.ok) return refuse(outletUnknown);
    return applyChange(tx, { outlet, ...found.value, actor: caller.actor }, input, now);
  });
}
