import { Arg, Args, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { addStock } from '../add-stock.ts';
import { changeOffer } from '../change-offer.ts';
import { createOffer } from '../create-offer.ts';
import { endOffer } from '../end-offer.ts';
import { offersOfProgramme } from '../offer-queries.ts';
import { ChangeOfferArgs, CreateOfferArgs, OffersArgs } from '../offers/graphql/admin-args.ts';
import { OfferConnection, OfferView, offerView } from '../offers/graphql/admin-views.ts';
import { answerOffer } from '../offers/graphql/answer-offer.ts';
import { pauseOffer } from '../pause-offer.ts';
import { putOnSale } from '../put-on-sale.ts';
import { redemptionsOfOffer } from '../redemption-queries.ts';
import { offerInScope } from '../scope.ts';
import { RedemptionConnection, type RedemptionView, redemptionView } from './admin-views.ts';

const CreateOfferResult = resultType('CreateOffer', OfferView);
const ChangeOfferResult = resultType('ChangeOffer', OfferView);
const PutOnSaleResult = resultType('PutOnSale', OfferView);
const PauseOfferResult = resultType('PauseOffer', OfferView);
const EndOfferResult = resultType('EndOffer', OfferView);
const AddStockResult = resultType('AddStock', OfferView);

const TERMS =
  'TEXT_LENGTH, PRICE_OUT_OF_RANGE, SALE_WINDOW, LIMIT_OUT_OF_RANGE, CLOCK_MISSING, USE_DAYS_OUT_OF_RANGE, USE_UNTIL_TOO_EARLY, POOL_FORFEITS, UNIONS_OUT_OF_RANGE, UNION_UNKNOWN, TAGS_OUT_OF_RANGE, TAG_MALFORMED, OUTLETS_OUT_OF_RANGE, OUTLET_UNKNOWN (`at` names the place)';

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** What was given of terms that are never empty: null counts as not given. */
function given<T extends object>(terms: T): Given<T> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== null)) as Given<T>;
}

const NONE = { items: [], hasNextPage: false };

@Resolver()
export class AdminOffersResolver {
  @Permission('offers:read')
  @Query(() => OfferConnection, {
    description:
      'The offers of a programme in every state or in one, newest first. Empty for a programme outside your branches.',
  })
  async offers(
    @Ctx() context: AdminContext,
    @Args(() => OffersArgs) { programmeId, state, ...page }: OffersArgs,
  ): Promise<Connection<OfferView>> {
    const { deps, caller } = context;
    const asked = pageAsked(page);
    const scope = await programmeInScope(deps.db.manager, caller, 'offers:read', programmeId);
    const found = scope.ok ? await offersOfProgramme(deps.db.manager, programmeId, asked, state ?? undefined) : NONE;
    return connection(found, (one) => one.id, offerView);
  }

  @Permission('offers:read')
  @Query(() => OfferView, { nullable: true, description: 'An offer of your branches; null for any other id.' })
  async offer(@Ctx() { deps, caller }: AdminContext, @Arg('id', () => IdScalar) id: string): Promise<OfferView | null> {
    const found = await offerInScope(deps.db.manager, caller, 'offers:read', id);
    return found.ok ? offerView(found.value.offer) : null;
  }

  @Permission('offers:read')
  @Query(() => RedemptionConnection, {
    description: 'Who bought an offer, newest first. Empty for an offer outside your branches.',
  })
  async redemptions(
    @Ctx() context: AdminContext,
    @Arg('offerId', () => IdScalar) offerId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<RedemptionView>> {
    const { deps, caller } = context;
    const asked = pageAsked(page);
    const scope = await offerInScope(deps.db.manager, caller, 'offers:read', offerId);
    const found = scope.ok ? await redemptionsOfOffer(deps.db.manager, offerId, asked) : NONE;
    return connection(found, (one) => one.id, redemptionView);
  }

  @Permission('offers:write')
  @Mutation(() => CreateOfferResult, {
    description: `Makes a draft of an offer; putOnSale shows it to members. Refusals: PROGRAMME_UNKNOWN, MERCHANT_UNKNOWN, MERCHANT_NOT_ACTIVE, STOCK_OUT_OF_RANGE, STOCK_OF_POOL, ${TERMS}, ${KEY_REFUSALS}.`,
  })
  async createOffer(
    @Ctx() context: AdminContext,
    @Args(() => CreateOfferArgs)
    { key, limitCount = null, useUntil = null, useDays = null, ...terms }: CreateOfferArgs,
  ): Promise<OfferView | RefusalView> {
    const { eligibleUnionIds = null, eligibleTags = null } = terms;
    const input = { ...terms, limitCount, useUntil, useDays, eligibleUnionIds, eligibleTags };
    return answerOffer(context, await createOffer(context.deps, context.caller, key, input));
  }

  @Permission('offers:write')
  @Mutation(() => ChangeOfferResult, {
    description: `Changes what is given and leaves the rest. Once the offer was on sale only \`description\` can be changed, and \`saleTo\` put later. In review nothing can be changed. Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_IN_REVIEW, OFFER_PUBLISHED (\`at\` names what is fixed), SALE_END_EARLIER, ${TERMS}, ${KEY_REFUSALS}.`,
  })
  async changeOffer(
    @Ctx() context: AdminContext,
    @Args(() => ChangeOfferArgs) { key, limitCount, useUntil, useDays, ...terms }: ChangeOfferArgs,
  ): Promise<OfferView | RefusalView> {
    const { offerId, eligibleUnionIds, eligibleTags } = terms;
    const input = { ...given(terms), offerId, limitCount, useUntil, useDays, eligibleUnionIds, eligibleTags };
    return answerOffer(context, await changeOffer(context.deps, context.caller, key, input));
  }

  @Permission('offers:write')
  @Mutation(() => PutOnSaleResult, {
    description: `Puts a draft or paused offer on sale; it is sold from \`saleFrom\` on. Where the programme’s policy has \`reviewOffers\`, a draft is submitted instead. Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_IN_REVIEW, REVIEW_NEEDED, SALE_OVER, MERCHANT_NOT_ACTIVE, ${KEY_REFUSALS}.`,
  })
  async putOnSale(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await putOnSale(context.deps, context.caller, key, { offerId }));
  }

  @Permission('offers:write')
  @Mutation(() => PauseOfferResult, {
    description: `Stops the sale for now; vouchers stay good. Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_NOT_ON_SALE, ${KEY_REFUSALS}.`,
  })
  async pauseOffer(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await pauseOffer(context.deps, context.caller, key, { offerId }));
  }

  @Permission('offers:write')
  @Mutation(() => EndOfferResult, {
    description: `Ends the sale for good; vouchers stay good. Refusals: OFFER_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async endOffer(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await endOffer(context.deps, context.caller, key, { offerId }));
  }

  @Permission('offers:write')
  @Mutation(() => AddStockResult, {
    description: `Adds pieces to what is left of an offer. Refusals: OFFER_UNKNOWN, OFFER_ENDED, STOCK_OF_POOL, STOCK_OUT_OF_RANGE, ${KEY_REFUSALS}.`,
  })
  async addStock(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
    @Arg('count', () => Int, {
      description: 'How many more; negative takes away. What is left stays within 0 and 10,000,000.',
    })
    count: number,
  ): Promise<OfferView | RefusalView> {
    return answerOffer(context, await addStock(context.deps, context.caller, key, { offerId, count }));
  }
}
