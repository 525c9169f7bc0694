import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { isOver } from '../merchant.entity.ts';
import { Outlet } from '../outlet.entity.ts';
import { merchantEnded, outletNameTaken, outletUnknown } from '../refusals.ts';
import { merchantInScope } from '../scope.ts';
import { openingText } from './opening-hours.ts';
import { hoursOfOutlets } from './queries.ts';
import { type OutletDetails, readDetails, writeHours } from './write-outlet.ts';

/** What is not given stays as it is. */
export type OutletChange = { [K in keyof OutletDetails]?: OutletDetails[K] | undefined } & { outletId: string };

/**
 * Changes what is known of an outlet whose merchant serves a programme in whose union the admin holds merchants:write.
 * Resolves with the outlet’s id; audited. Refusals: OUTLET_UNKNOWN, MERCHANT_ENDED, OUTLET_NAME_TAKEN, those of
 * readDetails.
 */
export async function changeOutlet(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: OutletChange,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeOutlet', key, input }, async (tx, now) => {
    const { outletId } = input;
    await tx.query('SELECT id FROM outlet WHERE id = ? FOR UPDATE', [outletId]);
    const outlet = await tx.findOneBy(Outlet, { id: outletId });
    const found = outlet && (await merchantInScope(tx, caller, 'merchants:write', outlet.merchantId));
    if (!outlet || !found?.ok) return refuse(outletUnknown);
    const { merchant, unionId } = found.value;
    if (isOver(merchant)) return refuse(merchantEnded);
    const openings = (await hoursOfOutlets(tx, [outletId])).get(outletId) ?? [];
    const before = detailsOf(outlet, openings.map(openingText));
    const after = changed(before, input);
    const hours = readDetails(after);
    if (!hours.ok) return hours;
    if (JSON.stringify(after) === JSON.stringify(before)) return accept(outletId);
    const { name, address, place } = after;
    const namesake = await tx.findOneBy(Outlet, { merchantId: merchant.id, name });
    if (namesake && namesake.id !== outletId) return refuse(outletNameTaken);
    await tx.query('UPDATE outlet SET name = ?, address = ?, latitude = ?, longitude = ? WHERE id = ?', [
      name,
      address,
      place?.latitude ?? null,
      place?.longitude ?? null,
      outletId,
    ]);
    await writeHours(tx, outletId, hours.value);
    const target = { targetKind: 'outlet', targetId: outletId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'changeOutlet', ...target, before, after }, now);
    return accept(outletId);
  });
}

function detailsOf({ name, address, latitude, longitude }: Outlet, hours: OutletDetails['hours']): OutletDetails {
  const place = latitude === null || longitude === null ? null : { latitude, longitude };
  return { name, address, place, hours };
}

function changed(before: OutletDetails, { name, address, place, hours }: OutletChange): OutletDetails {
  return {
    name: name ?? before.name,
    address: address ?? before.address,
    place: place === undefined ? before.place : place,
    hours: hours ?? before.hours,
  };
}
