import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { setOfferState } from '../set-offer-state.ts';
import { lockInReview } from './lock-in-review.ts';
import { LONGEST_REASON, reasonMalformed } from './refusals.ts';

/**
 * Returns an offer in review with a reason, as another person than the one who submitted it (offers:approve): it is a
 * draft again. Resolves with its id; audited. Refusals: those of lockInReview, REASON_MALFORMED.
 */
export async function returnOffer(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { offerId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'returnOffer', key, input }, async (tx, now) => {
    const found = await lockInReview(tx, caller, input.offerId);
    if (!found.ok) return found;
    const reason = input.reason.trim();
    if (!isLine(reason, LONGEST_REASON)) return refuse(reasonMalformed);
    await tx.query('UPDATE offer SET return_reason = ? WHERE id = ?', [reason, input.offerId]);
    return setOfferState(tx, caller, found.value, { state: 'draft', action: 'returnOffer', reason }, now);
  });
}
