import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/result.ts';
import { offerEnded } from '../refusals.ts';
import { offerToChange } from '../scope.ts';
import { setOfferState } from '../set-offer-state.ts';
import { notToBeSold } from './may-be-sold.ts';
import { offerInReview, offerNotDraft } from './refusals.ts';

/**
 * Submits a draft for review (offers:write in its programme's union): it stays as it is until another admin approves or
 * returns it. Resolves with its id; audited. Refusals: OFFER_UNKNOWN, OFFER_IN_REVIEW, OFFER_NOT_DRAFT, OFFER_ENDED,
 * SALE_OVER, MERCHANT_NOT_ACTIVE.
 */
export async function submitOffer(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'submitOffer', key, input }, async (tx, now) => {
    const found = await offerToChange(tx, caller, input.offerId);
    if (!found.ok) return found;
    const { offer } = found.value;
    if (offer.state === 'in_review') return refuse(offerInReview);
    if (offer.state === 'ended') return refuse(offerEnded);
    if (offer.state !== 'draft') return refuse(offerNotDraft);
    const trouble = await notToBeSold(tx, offer, now);
    if (trouble) return refuse(trouble);
    await tx.query('UPDATE offer SET submitted_by = ?, submitted_at = ?, return_reason = NULL WHERE id = ?', [
      caller.actor,
      now,
      offer.id,
    ]);
    return setOfferState(tx, caller, found.value, { state: 'in_review', action: 'submitOffer' }, now);
  });
}
