import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/result.ts';
import { setOfferState } from '../set-offer-state.ts';
import { lockInReview } from './lock-in-review.ts';
import { notToBeSold } from './may-be-sold.ts';

/**
 * Approves an offer in review, as another person than the one who submitted it (offers:approve): it is on sale from now
 * on. Resolves with its id; audited. Refusals: those of lockInReview, SALE_OVER, MERCHANT_NOT_ACTIVE.
 */
export async function approveOffer(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'approveOffer', key, input }, async (tx, now) => {
    const found = await lockInReview(tx, caller, input.offerId);
    if (!found.ok) return found;
    const trouble = await notToBeSold(tx, found.value.offer, now);
    if (trouble) return refuse(trouble);
    return setOfferState(tx, caller, found.value, { state: 'on_sale', action: 'approveOffer' }, now);
  });
}
