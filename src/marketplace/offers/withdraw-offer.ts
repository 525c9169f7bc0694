import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/result.ts';
import { offerToChange } from '../scope.ts';
import { setOfferState } from '../set-offer-state.ts';
import { offerNotInReview } from './refusals.ts';

/**
 * Takes an offer out of review (offers:write in its programme's union), so that it can be changed. Resolves with its
 * id; audited. Refusals: OFFER_UNKNOWN, OFFER_NOT_IN_REVIEW.
 */
export async function withdrawOffer(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawOffer', key, input }, async (tx, now) => {
    const found = await offerToChange(tx, caller, input.offerId);
    if (!found.ok) return found;
    if (found.value.offer.state !== 'in_review') return refuse(offerNotInReview);
    return setOfferState(tx, caller, found.value, { state: 'draft', action: 'withdrawOffer' }, now);
  });
}
