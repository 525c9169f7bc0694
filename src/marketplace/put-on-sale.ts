import { act } from '../identity/act.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { Merchant } from './merchant.entity.ts';
import { merchantNotActive, offerEnded, saleOver } from './refusals.ts';
import { offerToChange } from './scope.ts';
import { setOfferState } from './set-offer-state.ts';

/**
 * Puts a draft or a paused offer on sale (offers:write in its programme's union): members see it from now on and can
 * buy it within its sale window. Resolves with its id; audited.
 * Refusals: OFFER_UNKNOWN, OFFER_ENDED, SALE_OVER, MERCHANT_NOT_ACTIVE.
 */
export async function putOnSale(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'putOnSale', key, input }, async (tx, now) => {
    const found = await offerToChange(tx, caller, input.offerId);
    if (!found.ok) return found;
    const { offer } = found.value;
    if (offer.state === 'on_sale') return accept(offer.id);
    if (offer.state === 'ended') return refuse(offerEnded);
    if (offer.saleTo <= now) return refuse(saleOver);
    const merchant = await tx.findOneByOrFail(Merchant, { id: offer.merchantId });
    if (merchant.state !== 'active') return refuse({ ...merchantNotActive, at: 'offerId' });
    return setOfferState(tx, caller, found.value, 'on_sale', now);
  });
}
