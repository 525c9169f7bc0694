import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import type { BeijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { addStock } from '../add-stock.ts';
import { changeOffer } from '../change-offer.ts';
import { createOffer } from '../create-offer.ts';
import { endOffer } from '../end-offer.ts';
import type { LapsePolicy, LimitPeriod } from '../offer.entity.ts';
import { offersOfProgramme } from '../offer-queries.ts';
import { pauseOffer } from '../pause-offer.ts';
import { putOnSale } from '../put-on-sale.ts';
import { redemptionsOfOffer } from '../redemption-queries.ts';
import { offerInScope } from '../scope.ts';
import {
  answer,
  OfferConnection,
  OfferView,
  offerView,
  RedemptionConnection,
  type RedemptionView,
  redemptionView,
} from './admin-views.ts';
import { LapsePolicyWord, LimitPeriodWord } from './words.ts';

const CreateOfferResult = resultType('CreateOffer', OfferView);
const ChangeOfferResult = resultType('ChangeOffer', OfferView);
const PutOnSaleResult = resultType('PutOnSale', OfferView);
const PauseOfferResult = resultType('PauseOffer', OfferView);
const EndOfferResult = resultType('EndOffer', OfferView);
const AddStockResult = resultType('AddStock', OfferView);

const TERMS =
  'TEXT_LENGTH, PRICE_OUT_OF_RANGE, SALE_WINDOW, LIMIT_OUT_OF_RANGE, CLOCK_MISSING, USE_DAYS_OUT_OF_RANGE, USE_UNTIL_TOO_EARLY, OUTLETS_OUT_OF_RANGE, OUTLET_UNKNOWN (`at` names the place)';

@ArgsType()
class CreateOfferArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar, { description: 'An active merchant that serves the programme.' })
  merchantId!: string;

  @Field(() => String, { description: '1 to 120 characters.' })
  title!: string;

  @Field(() => String, { description: '1 to 2000 characters.' })
  description!: string;

  @Field(() => PointsScalar, { description: '0 to 10,000,000; 0 is a gift.' })
  price!: Points;

  @Field(() => InstantScalar, { description: 'When the sale opens.' })
  saleFrom!: Date;

  @Field(() => InstantScalar, { description: 'From this instant on it can no longer be bought.' })
  saleTo!: Date;

  @Field(() => Int, { nullable: true, description: 'How many a member may buy in a `limitPeriod`, 1 to 10,000.' })
  limitCount?: number | null;

  @Field(() => LimitPeriodWord, { defaultValue: LimitPeriodWord.EVER })
  limitPeriod!: LimitPeriod;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'The last day on which a voucher can be used; this or `useDays`.',
  })
  useUntil?: BeijingDay | null;

  @Field(() => Int, { nullable: true, description: 'Days of use, the day of purchase being day 1: 1 to 3650.' })
  useDays?: number | null;

  @Field(() => LapsePolicyWord)
  lapsePolicy!: LapsePolicy;

  @Field(() => [IdScalar], { description: 'Where vouchers can be used: 1 to 100 outlets of the merchant.' })
  outletIds!: string[];

  @Field(() => Int, { description: 'How many there are: 0 to 10,000,000.' })
  stock!: number;
}

@ArgsType()
class ChangeOfferArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  offerId!: string;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => PointsScalar, { nullable: true, description: 'Points; 0 is a gift.' })
  price?: Points | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the sale opens.' })
  saleFrom?: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the sale ends.' })
  saleTo?: Date | null;

  @Field(() => Int, { nullable: true, description: 'null takes the limit away.' })
  limitCount?: number | null;

  @Field(() => LimitPeriodWord, { nullable: true })
  limitPeriod?: LimitPeriod | null;

  @Field(() => DayScalar, { nullable: true, description: 'null takes it away.' })
  useUntil?: BeijingDay | null;

  @Field(() => Int, { nullable: true, description: 'null takes it away.' })
  useDays?: number | null;

  @Field(() => LapsePolicyWord, { nullable: true })
  lapsePolicy?: LapsePolicy | null;

  @Field(() => [IdScalar], { nullable: true, description: 'The outlets at which its vouchers can be used.' })
  outletIds?: string[] | null;
}

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** What was given of terms that are never empty: null counts as not given. */
function given<T extends object>(terms: T): Given<T> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== null)) as Given<T>;
}

async function offer(context: AdminContext, outcome: Outcome): Promise<OfferView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => offerInScope(deps.db.manager, caller, 'offers:write', id);
  return answer(context, outcome, find, (found) => offerView(found.offer));
}

const NONE = { items: [], hasNextPage: false };

@Resolver()
export class AdminOffersResolver {
  @Permission('offers:read')
  @Query(() => OfferConnection, {
    description: 'The offers of a programme in every state, newest first. Empty for a programme outside your branches.',
  })
  async offers(
    @Ctx() context: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<OfferView>> {
    const { deps, caller } = context;
    const asked = pageAsked(page);
    const scope = await programmeInScope(deps.db.manager, caller, 'offers:read', programmeId);
    const found = scope.ok ? await offersOfProgramme(deps.db.manager, programmeId, asked) : NONE;
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
    description: `Makes a draft of an offer; putOnSale shows it to members. Refusals: PROGRAMME_UNKNOWN, MERCHANT_UNKNOWN, MERCHANT_NOT_ACTIVE, STOCK_OUT_OF_RANGE, ${TERMS}, ${KEY_REFUSALS}.`,
  })
  async createOffer(
    @Ctx() context: AdminContext,
    @Args(() => CreateOfferArgs)
    { key, limitCount = null, useUntil = null, useDays = null, ...terms }: CreateOfferArgs,
  ): Promise<OfferView | RefusalView> {
    const input = { ...terms, limitCount, useUntil, useDays };
    return offer(context, await createOffer(context.deps, context.caller, key, input));
  }

  @Permission('offers:write')
  @Mutation(() => ChangeOfferResult, {
    description: `Changes what is given and leaves the rest. Once the offer was on sale only \`description\` can be changed, and \`saleTo\` put later. Refusals: OFFER_UNKNOWN, OFFER_ENDED, OFFER_PUBLISHED (\`at\` names what is fixed), SALE_END_EARLIER, ${TERMS}, ${KEY_REFUSALS}.`,
  })
  async changeOffer(
    @Ctx() context: AdminContext,
    @Args(() => ChangeOfferArgs) { key, limitCount, useUntil, useDays, ...terms }: ChangeOfferArgs,
  ): Promise<OfferView | RefusalView> {
    const input = { ...given(terms), offerId: terms.offerId, limitCount, useUntil, useDays };
    return offer(context, await changeOffer(context.deps, context.caller, key, input));
  }

  @Permission('offers:write')
  @Mutation(() => PutOnSaleResult, {
    description: `Puts a draft or paused offer on sale; it is sold from \`saleFrom\` on. Refusals: OFFER_UNKNOWN, OFFER_ENDED, SALE_OVER, MERCHANT_NOT_ACTIVE, ${KEY_REFUSALS}.`,
  })
  async putOnSale(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
  ): Promise<OfferView | RefusalView> {
    return offer(context, await putOnSale(context.deps, context.caller, key, { offerId }));
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
    return offer(context, await pauseOffer(context.deps, context.caller, key, { offerId }));
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
    return offer(context, await endOffer(context.deps, context.caller, key, { offerId }));
  }

  @Permission('offers:write')
  @Mutation(() => AddStockResult, {
    description: `Adds pieces to what is left of an offer. Refusals: OFFER_UNKNOWN, OFFER_ENDED, STOCK_OUT_OF_RANGE, ${KEY_REFUSALS}.`,
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
    return offer(context, await addStock(context.deps, context.caller, key, { offerId, count }));
  }
}
