import { recordAudit } from '../../identity/audit.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { isOver, type Merchant } from '../merchant.entity.ts';
import { Outlet } from '../outlet.entity.ts';
import { merchantEnded, outletNameTaken } from '../refusals.ts';
import { openingText } from './opening-hours.ts';
import { hoursOfOutlets } from './queries.ts';
import { type OutletDetails, readDetails, writeHours } from './write-outlet.ts';

/** What is not given stays as it is. */
export type OutletChange = { [K in keyof OutletDetails]?: OutletDetails[K] | undefined } & { outletId: string };

/** Locks an outlet and reads it; null when there is none. */
export async function lockOutlet(tx: Tx, outletId: string): Promise<Outlet | null> {
  await tx.query('SELECT id FROM outlet WHERE id = ? FOR UPDATE', [outletId]);
  return tx.findOneBy(Outlet, { id: outletId });
}

/**
 * Changes what is known of an outlet that is locked, for somebody who may; resolves with its id. Audited unless it is so
 * already. Refusals: MERCHANT_ENDED, OUTLET_NAME_TAKEN, those of readDetails.
 */
export async function applyChange(
  tx: Tx,
  of: { outlet: Outlet; merchant: Merchant; unionId: string | null; actor: string },
  change: OutletChange,
  now: Date,
): Promise<Result<string>> {
  const { id: outletId } = of.outlet;
  if (isOver(of.merchant)) return refuse(merchantEnded);
  const openings = (await hoursOfOutlets(tx, [outletId])).get(outletId) ?? [];
  const before = detailsOf(of.outlet, openings.map(openingText));
  const after = changed(before, change);
  const hours = readDetails(after);
  if (!hours.ok) return hours;
  if (JSON.stringify(after) === JSON.stringify(before)) return accept(outletId);
  const { name, address, place } = after;
  const namesake = await tx.findOneBy(Outlet, { merchantId: of.merchant.id, name });
  if (namesake && namesake.id !== outletId) return refuse(outletNameTaken);
  await tx.query('UPDATE outlet SET name = ?, address = ?, latitude = ?, longitude = ? WHERE id = ?', [
    name,
    address,
    place?.latitude ?? null,
    place?.longitude ?? null,
    outletId,
  ]);
  await writeHours(tx, outletId, hours.value);
  const target = { targetKind: 'outlet', targetId: outletId, unionId: of.unionId };
  await recordAudit(tx, { actor: of.actor, action: 'changeOutlet', ...target, before, after }, now);
  return accept(outletId);
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
