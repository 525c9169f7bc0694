import { act } from '../identity/act.ts';
import { recordAudit } from '../identity/audit.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, refuse } from '../platform/result.ts';
import { programmeInScope } from '../unions/scope.ts';
import { stockOfPool } from './code-pools/refusals.ts';
import { Merchant } from './merchant.entity.ts';
import { Offer } from './offer.entity.ts';
import { setOfferOutlets, wrongOutlets } from './offer-outlets.ts';
import { type OfferTerms, wrongTerms } from './offer-terms.ts';
import { checkEligibility } from './offers/eligibility.ts';
import { LARGEST_STOCK, merchantNotActive, merchantUnknown, stockOutOfRange } from './refusals.ts';
import { serves } from './scope.ts';

export interface NewOffer extends OfferTerms {
  programmeId: string;
  merchantId: string;
  /** Where its vouchers can be used: outlets of the merchant. */
  outletIds: readonly string[];
  /** 0 for an offer with a pool: its stock are the codes that are imported. */
  stock: number;
}

/**
 * Makes a draft of an offer in a programme in whose union the admin holds offers:write; resolves with its id; audited.
 * Refusals: PROGRAMME_UNKNOWN, MERCHANT_UNKNOWN (also of one that does not serve the programme), MERCHANT_NOT_ACTIVE,
 * STOCK_OUT_OF_RANGE, STOCK_OF_POOL, those of wrongTerms, checkEligibility and wrongOutlets.
 */
export async function createOffer(deps: Deps, caller: AdminCaller, key: string, input: NewOffer): Promise<Outcome> {
  return act(deps, caller, { operation: 'createOffer', key, input }, async (tx, now) => {
    const { outletIds, stock, ...offer } = input;
    const programme = await programmeInScope(tx, caller, 'offers:write', offer.programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const merchant = await tx.findOneBy(Merchant, { id: offer.merchantId });
    if (!merchant || !(await serves(tx, merchant.id, offer.programmeId))) return refuse(merchantUnknown);
    if (merchant.state !== 'active') return refuse(merchantNotActive);
    if (stock < 0 || stock > LARGEST_STOCK) return refuse(stockOutOfRange('stock'));
    if (offer.codeSource === 'pool' && stock !== 0) return refuse(stockOfPool('stock'));
    const eligible = await checkEligibility(tx, offer.programmeId, offer);
    if (!eligible.ok) return eligible;
    const wrong = wrongTerms(offer) ?? (await wrongOutlets(tx, merchant.id, outletIds));
    if (wrong) return refuse(wrong);
    const id = newId();
    await tx.insert(Offer, { id, ...offer, ...eligible.value, state: 'draft', createdAt: now });
    await tx.query('INSERT INTO offer_stock (offer_id, remaining) VALUES (?, ?)', [id, stock]);
    await setOfferOutlets(tx, id, outletIds);
    const target = { targetKind: 'offer', targetId: id, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createOffer', ...target, after: input }, now);
    return accept(id);
  });
}
