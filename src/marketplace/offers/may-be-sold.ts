import type { Tx } from '../../platform/db/transaction.ts';
import type { Refusal } from '../../platform/result.ts';
import { Merchant } from '../merchant.entity.ts';
import type { Offer } from '../offer.entity.ts';
import { merchantNotActive, saleOver } from '../refusals.ts';

/** Why an offer cannot go on sale now, or undefined. Refusals: SALE_OVER, MERCHANT_NOT_ACTIVE. */
export async function notToBeSold(tx: Tx, offer: Offer, now: Date): Promise<Refusal | undefined> {
  if (offer.saleTo <= now) return saleOver;
  const merchant = await tx.findOneByOrFail(Merchant, { id: offer.merchantId });
  return merchant.state === 'active' ? undefined : { ...merchantNotActive, at: 'offerId' };
}
