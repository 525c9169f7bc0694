import { act } from '../identity/act.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept } from '../platform/result.ts';
import { offerToChange } from './scope.ts';
import { setOfferState } from './set-offer-state.ts';

/**
 * Ends an offer for good (offers:write in its programme's union); vouchers that were bought stay good. Resolves with
 * its id; audited. Refusal: OFFER_UNKNOWN.
 */
export async function endOffer(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'endOffer', key, input }, async (tx, now) => {
    const found = await offerToChange(tx, caller, input.offerId);
    if (!found.ok) return found;
    if (found.value.offer.state === 'ended') return accept(input.offerId);
    return setOfferState(tx, caller, found.value, { state: 'ended', action: 'endOffer' }, now);
  });
}
