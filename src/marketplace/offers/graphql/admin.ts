import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { approveOffer } from '../approve-offer.ts';
import { returnOffer } from '../return-offer.ts';
import { setPictures } from '../set-pictures.ts';
import { submitOffer } from '../submit-offer.ts';
import { withdrawOffer } from '../withdraw-offer.ts';
import { OfferView } from './admin-views.ts';
import { answerOffer } from './answer-offer.ts';

const SubmitOfferResult = resultType('SubmitOffer', OfferView);
const WithdrawOfferResult = resultType('WithdrawOffer', OfferView);
const ApproveOfferResult = resultType('ApproveOffer', OfferView);
const ReturnOfferResult = resultType('ReturnOffer', OfferView);
const SetOfferPicturesResult = resultType('SetOfferPictures', OfferView);

const REVIEWED = 'OFFER_UNKNOWN, OFFER_NOT_IN_REVIEW, SECOND_PERSON_NEEDED';

@Resolver()
export class AdminOfferReviewResolver {
  @Permission('offers:write')
  @Mutation(() => SubmitOfferResult, {
    description: `Submits a draft for review by another admin; it stays as it is meanwhile. Refusals: OFFER_UNKNOWN, OFFER_IN_REVIEW, OFFER_NOT_DRAFT, OFFER_ENDED, SALE_OVER, MERCHANT_NOT_ACTIVE, ${KEY_REFUSALS}.`,
  })
  async submitOffer(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await submitOffer(context.deps, context.caller, key, { offerId }));
  }

  @Permission('offers:write')
  @Mutation(() => WithdrawOfferResult, {
    description: `Takes an offer out of review: it is a draft again and can be changed. Refusals: OFFER_UNKNOWN, OFFER_NOT_IN_REVIEW, ${KEY_REFUSALS}.`,
  })
  async withdrawOffer(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await withdrawOffer(context.deps, context.caller, key, { offerId }));
  }

  @Permission('offers:approve')
  @Mutation(() => ApproveOfferResult, {
    description: `Approves an offer that somebody else submitted: it is on sale from now on. Refusals: ${REVIEWED}, SALE_OVER, MERCHANT_NOT_ACTIVE, ${KEY_REFUSALS}.`,
  })
  async approveOffer(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
  ): Promise<OfferView | RefusalView> {
    const outcome = await approveOffer(context.deps, context.caller, key, { offerId });
    return answerOffer(context, outcome, 'offers:approve');
  }

  @Permission('offers:approve')
  @Mutation(() => ReturnOfferResult, {
    description: `Returns an offer that somebody else submitted: it is a draft again, with the reason. Refusals: ${REVIEWED}, REASON_MALFORMED, ${KEY_REFUSALS}.`,
  })
  async returnOffer(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
    @Arg('reason', () => String, { description: '1 to 500 characters on one line, for who submitted it.' })
    reason: string,
  ): Promise<OfferView | RefusalView> {
    const outcome = await returnOffer(context.deps, context.caller, key, { offerId, reason });
    return answerOffer(context, outcome, 'offers:approve');
  }

  @Permission('offers:write')
  @Mutation(() => SetOfferPicturesResult, {
    description: `Makes these files the pictures of an offer; those left out are let go. Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_IN_REVIEW, PICTURE_TYPE_REFUSED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT (\`at\` names the place), ${KEY_REFUSALS}.`,
  })
  async setOfferPictures(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
    @Arg('evidenceIds', () => [IdScalar], {
      description:
        '0 to 9 JPEG, PNG or WebP files, uploaded by you with PUT /uploads/evidence or pictures of the offer already.',
    })
    evidenceIds: string[],
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await setPictures(context.deps, context.caller, key, { offerId, evidenceIds }));
  }
}
