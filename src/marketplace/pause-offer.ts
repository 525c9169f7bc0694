import { act } from '../identity/act.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { offerEnded, offerNotOnSale } from './refusals.ts';
import { offerToChange } from './scope.ts';
import { setOfferState } from './set-offer-state.ts';

/**
 * Takes an offer off sale for a while (offers:write in its programme's union); vouchers that were bought stay good.
 * Resolves with its id; audited. Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_NOT_ON_SALE.
 */
export async function pauseOffer(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'pauseOffer', key, input }, async (tx, now) => {
    const found = await offerToChange(tx, caller, input.offerId);
    if (!found.ok) return found;
    const { state } = found.value.offer;
    if (state === 'paused') return accept(input.offerId);
    if (state === 'ended') return refuse(offerEnded);
    if (state !== 'on_sale') return refuse(offerNotOnSale);
    return setOfferState(tx, caller, found.value, { state: 'paused', action: 'pauseOffer' }, now);
  });
}
