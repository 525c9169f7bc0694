import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { OfferView } from '../../offers/graphql/admin-views.ts';
import { answerOffer } from '../../offers/graphql/answer-offer.ts';
import { cancelRelease } from '../cancel-release.ts';
import { scheduleRelease } from '../schedule-release.ts';

const ScheduleReleaseResult = resultType('ScheduleRelease', OfferView);
const CancelReleaseResult = resultType('CancelRelease', OfferView);

@Resolver()
export class AdminReleasesResolver {
  @Permission('offers:write')
  @Mutation(() => ScheduleReleaseResult, {
    description: `Has pieces of an offer come on sale at an instant ahead, "2,500 at noon". Refusals: OFFER_UNKNOWN, OFFER_ENDED, STOCK_OF_POOL, STOCK_OUT_OF_RANGE, RELEASE_WINDOW, RELEASE_TAKEN, RELEASES_OUT_OF_RANGE, ${KEY_REFUSALS}.`,
  })
  async scheduleRelease(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
    @Arg('releaseAt', () => InstantScalar, { description: 'After now and before the sale ends.' }) releaseAt: Date,
    @Arg('count', () => Int, { description: 'How many: 1 to 10,000,000.' }) count: number,
  ): Promise<OfferView | RefusalView> {
    const outcome = await scheduleRelease(context.deps, context.caller, key, { offerId, releaseAt, count });
    return answerOffer(context, outcome);
  }

  @Permission('offers:write')
  @Mutation(() => CancelReleaseResult, {
    description: `Takes back a release that is still to come. Refusals: OFFER_UNKNOWN, RELEASE_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async cancelRelease(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
    @Arg('releaseAt', () => InstantScalar, { description: 'The instant of the release.' }) releaseAt: Date,
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await cancelRelease(context.deps, context.caller, key, { offerId, releaseAt }));
  }
}
