import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, type Refusal, refuse } from '../platform/result.ts';
import { Offer } from './offer.entity.ts';
import { setOfferOutlets, wrongOutlets } from './offer-outlets.ts';
import { outletsOfOffers } from './offer-queries.ts';
import { type OfferTerms, wrongTerms } from './offer-terms.ts';
import { checkEligibility } from './offers/eligibility.ts';
import { offerInReview } from './offers/refusals.ts';
import { offerEnded, offerPublished, saleEndEarlier } from './refusals.ts';
import { offerToChange } from './scope.ts';

/** What is to change; what is left out stays as it is. */
export type OfferChange = { offerId: string; outletIds?: readonly string[] } & Partial<Omit<OfferTerms, 'codeSource'>>;

/**
 * Changes an offer (offers:write in its programme's union); resolves with its id; audited. A draft can be changed
 * altogether; once it was on sale, what members have bought must keep meaning the same: only the description, and the
 * sale end to a later one. In review nothing changes. Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_IN_REVIEW,
 * OFFER_PUBLISHED (at the field), SALE_END_EARLIER, those of wrongTerms, checkEligibility and wrongOutlets.
 */
export async function changeOffer(deps: Deps, caller: AdminCaller, key: string, input: OfferChange): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeOffer', key, input }, async (tx, now) => {
    const { offerId, outletIds, ...terms } = input;
    const found = await offerToChange(tx, caller, offerId);
    if (!found.ok) return found;
    const { offer, unionId } = found.value;
    const eligible = await checkEligibility(tx, offer.programmeId, terms);
    if (!eligible.ok) return eligible;
    const changed = differing(offer, { ...terms, ...eligible.value });
    const outletsBefore = outletIds && ((await outletsOfOffers(tx, [offerId])).get(offerId) ?? []).map(({ id }) => id);
    const newOutlets = outletIds && !sameSet(outletIds, outletsBefore ?? []) ? outletIds : undefined;
    const wrong =
      notAllowed(offer, changed, newOutlets !== undefined) ??
      wrongTerms({ ...offer, ...changed }) ??
      (newOutlets && (await wrongOutlets(tx, offer.merchantId, newOutlets)));
    if (wrong) return refuse(wrong);
    const fields = Object.keys(changed) as (keyof OfferTerms)[];
    if (fields.length === 0 && !newOutlets) return accept(offerId);
    if (fields.length > 0) await tx.update(Offer, { id: offerId }, changed);
    if (newOutlets) await setOfferOutlets(tx, offerId, newOutlets);
    const before = Object.fromEntries(fields.map((field) => [field, offer[field]]));
    const target = { targetKind: 'offer', targetId: offerId, unionId };
    await recordAudit(
      tx,
      {
        actor: caller.actor,
        action: 'changeOffer',
        ...target,
        before: { ...before, ...(newOutlets && { outletIds: outletsBefore }) },
        after: { ...changed, ...(newOutlets && { outletIds: newOutlets }) },
      },
      now,
    );
    return accept(offerId);
  });
}

/** The terms that were given and are not what they were. */
function differing(offer: Offer, terms: Partial<OfferTerms>): Partial<OfferTerms> {
  const plain = (value: unknown) => (value instanceof Date || Array.isArray(value) ? JSON.stringify(value) : value);
  const entries = Object.entries(terms) as [keyof OfferTerms, unknown][];
  return Object.fromEntries(
    entries.filter(([field, value]) => value !== undefined && plain(value) !== plain(offer[field])),
  );
}

function notAllowed(offer: Offer, changed: Partial<OfferTerms>, outletsChange: boolean): Refusal | undefined {
  if (offer.state === 'draft') return undefined;
  if (offer.state === 'ended') return offerEnded;
  if (offer.state === 'in_review' && (outletsChange || Object.keys(changed).length > 0)) return offerInReview;
  const fixed = Object.keys(changed).find((field) => field !== 'description' && field !== 'saleTo');
  if (fixed !== undefined) return offerPublished(fixed);
  if (outletsChange) return offerPublished('outletIds');
  if (changed.saleTo && changed.saleTo < offer.saleTo) return saleEndEarlier;
  return undefined;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === b.length && b.every((id) => a.includes(id));
}
