import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, refuse } from '../platform/result.ts';
import { Outlet } from './outlet.entity.ts';
import { merchantEnded, outletNameTaken, textLength } from './refusals.ts';
import { merchantInScope } from './scope.ts';
import { isText } from './text.ts';

/**
 * Adds a shop to a merchant that serves a programme in whose union the admin holds merchants:write; resolves with the
 * outlet's id; audited. Refusals: MERCHANT_UNKNOWN, MERCHANT_ENDED, TEXT_LENGTH, OUTLET_NAME_TAKEN.
 */
export async function addOutlet(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { merchantId: string; name: string; address: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'addOutlet', key, input }, async (tx, now) => {
    const { merchantId, name, address } = input;
    const found = await merchantInScope(tx, caller, 'merchants:write', merchantId);
    if (!found.ok) return found;
    if (found.value.merchant.state === 'ended') return refuse(merchantEnded);
    if (!isText(name, 120)) return refuse(textLength('name', 120));
    if (!isText(address, 200)) return refuse(textLength('address', 200));
    if (await tx.existsBy(Outlet, { merchantId, name })) return refuse(outletNameTaken);
    const id = newId();
    await tx.insert(Outlet, { id, merchantId, name, address, createdAt: now });
    const target = { targetKind: 'outlet', targetId: id, unionId: found.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'addOutlet', ...target, after: input }, now);
    return accept(id);
  });
}
