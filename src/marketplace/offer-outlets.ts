import { type EntityManager, In } from 'typeorm';
import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Refusal } from '../platform/result.ts';
import { Outlet } from './outlet.entity.ts';
import { MOST_OUTLETS, outletsOutOfRange, outletUnknown } from './refusals.ts';

/**
 * What is wrong with the outlets chosen for an offer of a merchant, or undefined.
 * Refusals: OUTLETS_OUT_OF_RANGE, OUTLET_UNKNOWN (at the first that is not this merchant's).
 */
export async function wrongOutlets(
  db: EntityManager,
  merchantId: string,
  outletIds: readonly string[],
): Promise<Refusal | undefined> {
  if (outletIds.length < 1 || outletIds.length > MOST_OUTLETS) return outletsOutOfRange;
  const own = await db.find(Outlet, { select: { id: true }, where: { merchantId, id: In([...outletIds]) } });
  const known = new Set(own.map((outlet) => outlet.id));
  const foreign = outletIds.findIndex((id) => !known.has(id));
  return foreign === -1 ? undefined : { ...outletUnknown, at: `outletIds.${foreign}` };
}

/** Makes these the outlets at which an offer's vouchers can be used, each once. */
export async function setOfferOutlets(tx: Tx, offerId: string, outletIds: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM offer_outlet WHERE offer_id = ?', [offerId]);
  await insertRows(
    tx,
    'offer_outlet',
    ['offer_id', 'outlet_id'],
    [...new Set(outletIds)].map((outletId) => [offerId, outletId]),
  );
}
