import type { AdminCaller } from '../../identity/caller.ts';
import { isSamePerson } from '../../identity/same-person.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Result, refuse } from '../../platform/result.ts';
import { type OfferInScope, offerInScope } from '../scope.ts';
import { offerNotInReview, secondPersonNeeded } from './refusals.ts';

/**
 * The offer in review, locked, for another person than the one who submitted it, with offers:approve in its programme's
 * union. Refusals: OFFER_UNKNOWN, OFFER_NOT_IN_REVIEW, SECOND_PERSON_NEEDED.
 */
export async function lockInReview(tx: Tx, caller: AdminCaller, offerId: string): Promise<Result<OfferInScope>> {
  await tx.query('SELECT id FROM offer WHERE id = ? FOR UPDATE', [offerId]);
  const found = await offerInScope(tx, caller, 'offers:approve', offerId);
  if (!found.ok) return found;
  const { state, submittedBy } = found.value.offer;
  if (state !== 'in_review') return refuse(offerNotInReview);
  return (await isSamePerson(tx, caller, submittedBy!)) ? refuse(secondPersonNeeded) : found;
}
