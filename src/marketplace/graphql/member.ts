import { Arg, Args, ArgsType, Ctx, Field, Float, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { programmesOfMemberLoader } from '../../unions/loaders.ts';
import { cancelVoucher } from '../cancel-voucher.ts';
import type { MerchantCategory } from '../merchant.entity.ts';
import type { OfferState } from '../offer.entity.ts';
import { findOffers, type OffersWanted, offersOnSale } from '../offer-queries.ts';
import { redeem } from '../redeem.ts';
import { findRedemptions, redemptionsOfMember } from '../redemption-queries.ts';
import { placeAsked, searchAsked } from '../search/asked.ts';
import type { Near } from '../search/near.ts';
import { nearestCursor, offersNearest } from '../search/nearest.ts';
import { affordableShelves } from '../shelves.ts';
import {
  OfferConnection,
  OfferView,
  offerView,
  RedemptionConnection,
  RedemptionView,
  redemptionView,
  VoucherView,
} from './member-views.ts';
import { MerchantCategoryWord, OfferOrderWord } from './words.ts';

@InputType('NearInput', { description: 'A place, and how far from it is still near.' })
export class NearInput implements Near {
  @Field(() => Float, { description: 'Degrees of GCJ-02, as wx.getLocation gives them: -85 to 85.' })
  latitude!: number;

  @Field(() => Float, { description: '-180 to 180.' })
  longitude!: number;

  @Field(() => Int, { description: '1 to 50,000.' })
  metres!: number;
}

const RedeemResult = resultType('Redeem', RedemptionView);
const CancelVoucherResult = resultType('CancelVoucher', RedemptionView);

@ArgsType()
class OffersArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Found in the title, the description or the merchant’s name: 1 to 40 characters.',
  })
  text?: string | null;

  @Field(() => MerchantCategoryWord, { nullable: true, description: 'Only offers of merchants of this kind.' })
  category?: MerchantCategory | null;

  @Field(() => PointsScalar, { nullable: true, description: 'Only what costs this or more.' })
  lowestPrice?: Points | null;

  @Field(() => PointsScalar, { nullable: true, description: 'Only what costs this or less.' })
  highestPrice?: Points | null;

  @Field(() => NearInput, { nullable: true, description: 'Only what can be used at an outlet near this place.' })
  near?: NearInput | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Only what you can pay for with the points that you have now.',
  })
  affordable!: boolean;

  @Field(() => OfferOrderWord, { defaultValue: OfferOrderWord.NEWEST })
  order!: OffersWanted['order'] | 'nearest';
}

/** States that only admins see. */
const NOT_SHOWN: ReadonlySet<OfferState> = new Set(['draft', 'in_review']);

@Resolver()
export class MemberMarketplaceResolver {
  @Permission('self')
  @Query(() => OfferConnection, {
    description:
      'The offers of your programmes that are on sale, also those whose sale is still to begin: see `saleFrom`, and `remaining` for what is left. Offers that are not for you are among them: see `eligible`. BAD_SEARCH as an error for a text or place out of range, and for the order NEAREST without a place.',
  })
  async offers(
    @Ctx() context: MemberContext,
    @Args(() => OffersArgs) { affordable, order, first, after, ...filters }: OffersArgs,
  ): Promise<Connection<OfferView>> {
    const { deps, caller } = context;
    const asked = pageAsked({ first, after });
    const search = searchAsked(filters);
    const programmes = await loader(context, programmesOfMemberLoader).load(caller.memberId);
    const all = programmes.map(({ id }) => ({ programmeId: id }));
    const shelves = affordable ? await affordableShelves(deps, caller.memberId, all) : all;
    const wanted = { ...search, shelves, now: deps.clock.now() };
    const { manager } = deps.db;
    if (order === 'nearest') {
      const nearest = await offersNearest(manager, { ...wanted, near: placeAsked(search) }, asked);
      return connection(nearest, nearestCursor, ({ offer, metres }) => Object.assign(offerView(offer), { metres }));
    }
    return connection(await offersOnSale(manager, { ...wanted, order }, asked), (offer) => offer.id, offerView);
  }

  @Permission('self')
  @Query(() => OfferView, {
    nullable: true,
    description: 'An offer of your programmes that is or was on sale, or null.',
  })
  async offer(@Ctx() context: MemberContext, @Arg('id', () => IdScalar) id: string): Promise<OfferView | null> {
    const [offer] = await findOffers(context.deps.db.manager, [id]);
    const programmes = await loader(context, programmesOfMemberLoader).load(context.caller.memberId);
    const isMine = programmes.some((programme) => programme.id === offer?.programmeId);
    return offer && isMine && !NOT_SHOWN.has(offer.state) ? offerView(offer) : null;
  }

  @Permission('self')
  @Query(() => RedemptionConnection, { description: 'What you have bought, newest first.' })
  async redemptions(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<RedemptionView>> {
    const { deps, caller } = context;
    const found = await redemptionsOfMember(deps.db.manager, caller.memberId, pageAsked(page));
    return connection(found, (redemption) => redemption.id, redemptionView);
  }

  @Permission('self')
  @Query(() => VoucherView, { nullable: true, description: 'A voucher of yours, or null.' })
  async voucher(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<VoucherView | null> {
    const [redemption] = await findRedemptions(deps.db.manager, [id]);
    return redemption?.memberId === caller.memberId ? redemptionView(redemption).voucher() : null;
  }

  @Permission('self')
  @Mutation(() => RedeemResult, {
    description:
      'Buys one piece of an offer with your points. Refusals: OFFER_UNKNOWN, MEMBER_NOT_ACTIVE, NOT_ELIGIBLE, OFFER_NOT_ON_SALE, SALE_NOT_OPEN, SALE_OVER, LIMIT_REACHED, SOLD_OUT, NOT_ENOUGH_POINTS, KEY_MALFORMED, KEY_REUSED.',
  })
  async redeem(
    @Ctx() { deps, caller, language }: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('offerId', () => IdScalar) offerId: string,
  ): Promise<RedemptionView | RefusalView> {
    const outcome = await redeem(deps, { actor: caller.actor, memberId: caller.memberId, key, offerId });
    return outcome.ok ? redemptionView(outcome.value) : refusalView(outcome.refusal, language);
  }

  @Permission('self')
  @Mutation(() => CancelVoucherResult, {
    description:
      'Gives an unused voucher of yours back: its points return to you and the piece to the stock. Refusals: REDEMPTION_UNKNOWN, PRIZE_NOT_CANCELLED, VOUCHER_CODE_SHOWN (it has a `merchantCode`), VOUCHER_USED, VOUCHER_CANCELLED, VOUCHER_LAPSED, KEY_MALFORMED, KEY_REUSED.',
  })
  async cancelVoucher(
    @Ctx() { deps, caller, language }: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('redemptionId', () => IdScalar) redemptionId: string,
  ): Promise<RedemptionView | RefusalView> {
    const outcome = await cancelVoucher(deps, { actor: caller.actor, memberId: caller.memberId, key, redemptionId });
    return outcome.ok ? redemptionView(outcome.value) : refusalView(outcome.refusal, language);
  }
}
