import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, refuse } from '../platform/result.ts';
import { isOver } from './merchant.entity.ts';
import { Outlet } from './outlet.entity.ts';
import type { OpeningText } from './outlets/opening-hours.ts';
import type { Place } from './outlets/place.ts';
import { readDetails, writeHours } from './outlets/write-outlet.ts';
import { merchantEnded, outletNameTaken } from './refusals.ts';
import { merchantInScope } from './scope.ts';

/**
 * Adds a shop to a merchant that serves a programme in whose union the admin holds merchants:write; resolves with the
 * outlet's id; audited. Refusals: MERCHANT_UNKNOWN, MERCHANT_ENDED, OUTLET_NAME_TAKEN, those of readDetails.
 */
export async function addOutlet(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: {
    merchantId: string;
    name: string;
    address: string;
    place?: Place | undefined;
    hours?: OpeningText[] | undefined;
  },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'addOutlet', key, input }, async (tx, now) => {
    const { merchantId, name, address, place = null, hours = [] } = input;
    const found = await merchantInScope(tx, caller, 'merchants:write', merchantId);
    if (!found.ok) return found;
    if (isOver(found.value.merchant)) return refuse(merchantEnded);
    const openings = readDetails({ name, address, place, hours });
    if (!openings.ok) return openings;
    if (await tx.existsBy(Outlet, { merchantId, name })) return refuse(outletNameTaken);
    const id = newId();
    const { latitude, longitude } = place ?? { latitude: null, longitude: null };
    await tx.insert(Outlet, { id, merchantId, name, address, latitude, longitude, createdAt: now });
    await writeHours(tx, id, openings.value);
    const target = { targetKind: 'outlet', targetId: id, unionId: found.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'addOutlet', ...target, after: input }, now);
    return accept(id);
  });
}
