import { act } from '../identity/act.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { policyOf } from '../rules/corrections/policy.ts';
import { notToBeSold } from './offers/may-be-sold.ts';
import { offerInReview, reviewNeeded } from './offers/refusals.ts';
import { offerEnded } from './refusals.ts';
import { offerToChange } from './scope.ts';
import { setOfferState } from './set-offer-state.ts';

/**
 * Puts a draft or a paused offer on sale (offers:write in its programme's union): members see it from now on and can
 * buy it within its sale window. A programme whose policy wants offers reviewed has its drafts approved instead.
 * Resolves with its id; audited.
 * Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_IN_REVIEW, REVIEW_NEEDED, SALE_OVER, MERCHANT_NOT_ACTIVE.
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
    if (offer.state === 'in_review') return refuse(offerInReview);
    const trouble = await notToBeSold(tx, offer, now);
    if (trouble) return refuse(trouble);
    const { reviewOffers } = await policyOf(tx, offer.programmeId);
    if (offer.state === 'draft' && reviewOffers) return refuse(reviewNeeded);
    return setOfferState(tx, caller, found.value, { state: 'on_sale', action: 'putOnSale' }, now);
  });
}
