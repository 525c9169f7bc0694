import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../identity/caller.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { Programme } from '../unions/programme.entity.ts';
import { programmeInScope } from '../unions/scope.ts';
import { UnionNode } from '../unions/union-node.entity.ts';
import { Merchant } from './merchant.entity.ts';
import { MerchantStaff } from './merchant-staff.entity.ts';
import { Offer } from './offer.entity.ts';
import { Outlet } from './outlet.entity.ts';
import { ProgrammeMerchant } from './programme-merchant.entity.ts';
import { merchantShared, merchantUnknown, offerUnknown, outletUnknown, staffUnknown } from './refusals.ts';

/** A merchant that an admin may see, and the union by whose programme: its audit records stand under that union. */
export interface MerchantInScope {
  merchant: Merchant;
  unionId: string;
}

/** The merchant, when the admin holds the permission in the union of a programme that it serves. Refusal: MERCHANT_UNKNOWN. */
export async function merchantInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<MerchantInScope>> {
  const merchant = await db.findOneBy(Merchant, { id });
  const mine = (await unionsServed(db, id)).find((union) => mayIn(caller, permission, union.path));
  return merchant && mine ? accept({ merchant, unionId: mine.id }) : refuse(merchantUnknown);
}

/**
 * Like merchantInScope, for what touches every programme of the merchant: who may act for it, whether it acts at all.
 * The admin must hold the permission in all of their unions. Refusals: MERCHANT_UNKNOWN, MERCHANT_SHARED.
 */
export async function wholeMerchantInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<MerchantInScope>> {
  const found = await merchantInScope(db, caller, permission, id);
  if (!found.ok) return found;
  const served = await unionsServed(db, id);
  return served.every((union) => mayIn(caller, permission, union.path)) ? found : refuse(merchantShared);
}

/** The outlet, when its merchant is in the admin's scope. Refusal: OUTLET_UNKNOWN. */
export async function outletInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Outlet>> {
  const outlet = await db.findOneBy(Outlet, { id });
  const merchant = outlet && (await merchantInScope(db, caller, permission, outlet.merchantId));
  return outlet && merchant?.ok ? accept(outlet) : refuse(outletUnknown);
}

/** The staff of this operator id, when their merchant is in the admin's scope. Refusal: STAFF_UNKNOWN. */
export async function staffInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  operatorId: string,
): Promise<Result<MerchantStaff>> {
  const staff = await db.findOneBy(MerchantStaff, { operatorId });
  const merchant = staff && (await merchantInScope(db, caller, permission, staff.merchantId));
  return staff && merchant?.ok ? accept(staff) : refuse(staffUnknown);
}

/** The unions of the programmes that a merchant serves, the oldest first. */
export async function unionsServed(db: EntityManager, merchantId: string): Promise<UnionNode[]> {
  return db
    .createQueryBuilder(UnionNode, 'u')
    .innerJoin(Programme, 'p', 'p.unionId = u.id')
    .innerJoin(ProgrammeMerchant, 'served', 'served.programmeId = p.id')
    .where('served.merchantId = :merchantId', { merchantId })
    .orderBy('u.id')
    .getMany();
}

/** Whether a merchant serves a programme. */
export async function serves(db: EntityManager, merchantId: string, programmeId: string): Promise<boolean> {
  return db.existsBy(ProgrammeMerchant, { merchantId, programmeId });
}

export interface OfferInScope {
  offer: Offer;
  unionId: string;
}

/** The offer, when the admin holds the permission in its programme's union. Refusal: OFFER_UNKNOWN. */
export async function offerInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<OfferInScope>> {
  const offer = await db.findOneBy(Offer, { id });
  const programme = offer && (await programmeInScope(db, caller, permission, offer.programmeId));
  return offer && programme?.ok ? accept({ offer, unionId: programme.value.unionId }) : refuse(offerUnknown);
}

/** `offerInScope` with offers:write, the offer locked and as it stands now, for a change of it. */
export async function offerToChange(tx: Tx, caller: AdminCaller, id: string): Promise<Result<OfferInScope>> {
  await tx.query('SELECT id FROM offer WHERE id = ? FOR UPDATE', [id]);
  return offerInScope(tx, caller, 'offers:write', id);
}
