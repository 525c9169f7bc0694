import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { OfferView } from '../../offers/graphql/admin-views.ts';
import { answerOffer } from '../../offers/graphql/answer-offer.ts';
import { importCodes } from '../import-codes.ts';

const ImportOfferCodesResult = resultType('ImportOfferCodes', OfferView);

@Resolver()
export class AdminCodePoolsResolver {
  @Permission('offers:write')
  @Mutation(() => ImportOfferCodesResult, {
    description: `Adds codes of the merchant’s own to the pool of an offer, all of them or none; each adds one piece to the stock. Refusals: OFFER_UNKNOWN, OFFER_ENDED, NO_POOL, CODES_OUT_OF_RANGE, CODE_MALFORMED, CODE_DUPLICATE (\`at\` names the line), STOCK_OUT_OF_RANGE, ${KEY_REFUSALS}.`,
  })
  async importOfferCodes(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
    @Arg('codes', () => [String], {
      description:
        '1 to 500 lines of the merchant’s file, a code of 1 to 100 characters each; they are sold in this order.',
    })
    codes: string[],
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await importCodes(context.deps, context.caller, key, { offerId, codes }));
  }
}
