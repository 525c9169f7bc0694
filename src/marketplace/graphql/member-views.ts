import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { evidenceLoader } from '../../evidence/loaders.ts';
import { loader, type MemberContext } from '../../identity/context.ts';
import { decrypt } from '../../identity/personal-data.ts';
import type { BeijingDay } from '../../platform/clock.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { POOL_CODE } from '../code-pools/pool-code.ts';
import {
  memberFactsLoader,
  merchantLoader,
  outletsOfOfferLoader,
  poolCodeLoader,
  readOffer,
  readRedemption,
  readVoucher,
  releasesLoader,
  stockLoader,
} from '../loaders.ts';
import type { Merchant, MerchantCategory } from '../merchant.entity.ts';
import type { CodeSource, LapsePolicy, LimitPeriod, Offer, OfferState } from '../offer.entity.ts';
import { isEligible } from '../offers/eligibility.ts';
import { OfferPictureView, offerPictureView, ReleaseView, releaseView } from '../offers/graphql/member-views.ts';
import type { Outlet } from '../outlet.entity.ts';
import type { Redemption } from '../redemption.entity.ts';
import type { Voucher, VoucherState } from '../voucher.entity.ts';
import { voucherCode } from '../voucher-code.ts';
import {
  CodeSourceWord,
  LapsePolicyWord,
  LimitPeriodWord,
  MerchantCategoryWord,
  OfferStateWord,
  VoucherStateWord,
} from './words.ts';

@ObjectType('Merchant', { description: 'A firm at which points can be spent (商户).', simpleResolvers: true })
export class MerchantView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => MerchantCategoryWord)
  category!: MerchantCategory;
}

@ObjectType('Outlet', { description: 'One shop of a merchant (门店).', simpleResolvers: true })
export class OutletView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  address!: string;
}

@ObjectType('Offer', { description: 'A thing that can be bought for points (兑换商品).', simpleResolvers: true })
export class OfferView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The programme whose points buy it.' })
  programmeId!: string;

  merchantId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'How far its nearest outlet is, in a straight line; in a list in the order NEAREST, null everywhere else.',
  })
  metres?: number;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  description!: string;

  @Field(() => PointsScalar, { description: 'What one piece costs; 0 is a gift.' })
  price!: Points;

  @Field(() => InstantScalar, { description: 'When it can first be bought. Count down to this while it is ahead.' })
  saleFrom!: Date;

  @Field(() => InstantScalar, { description: 'From this instant on it can no longer be bought.' })
  saleTo!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'How many a member may buy in a `limitPeriod`; null without limit.',
  })
  limitCount!: number | null;

  @Field(() => LimitPeriodWord)
  limitPeriod!: LimitPeriod;

  @Field(() => DayScalar, { nullable: true, description: 'The last day on which any of its vouchers can be used.' })
  useUntil!: BeijingDay | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Days in which a voucher can be used, the day of purchase being day 1. The earlier of this and `useUntil` holds.',
  })
  useDays!: number | null;

  @Field(() => LapsePolicyWord)
  lapsePolicy!: LapsePolicy;

  @Field(() => CodeSourceWord)
  codeSource!: CodeSource;

  @Field(() => OfferStateWord)
  state!: OfferState;

  eligibleUnionIds!: readonly string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The tags of which a member must bear one to buy it: 1 to 20. Null where none is asked.',
  })
  eligibleTags!: readonly string[] | null;

  @Field(() => Boolean, {
    description: 'Whether it is for you: your union and your tags. What else keeps you from buying, `redeem` tells.',
  })
  async eligible(@Ctx() context: MemberContext): Promise<boolean> {
    if (this.eligibleUnionIds === null && this.eligibleTags === null) return true;
    const facts = await loader(context, memberFactsLoader).load(context.caller.memberId);
    return facts !== null && isEligible(this, facts.unionPath, facts.tags);
  }

  @Field(() => [OfferPictureView], { description: 'Its pictures in the order of their upload: 9 at most.' })
  async pictures(@Ctx() context: MemberContext): Promise<OfferPictureView[]> {
    return (await loader(context, evidenceLoader).load(`offer:${this.id}`)).map(offerPictureView);
  }

  @Field(() => [ReleaseView], {
    description: 'What is still to be released, the next first: 100 at most. Count down to `releaseAt`.',
  })
  async releases(@Ctx() context: MemberContext): Promise<ReleaseView[]> {
    return (await loader(context, releasesLoader).load(this.id)).map(releaseView);
  }

  @Field(() => Int, { description: 'How many are left at this moment.' })
  remaining(@Ctx() context: MemberContext): Promise<number> {
    return loader(context, stockLoader).load(this.id);
  }

  @Field(() => MerchantView)
  async merchant(@Ctx() context: MemberContext): Promise<MerchantView> {
    return merchantView((await loader(context, merchantLoader).load(this.merchantId))!);
  }

  @Field(() => [OutletView], { description: 'Where its vouchers can be used: 1 to 100 outlets, by name.' })
  async outlets(@Ctx() context: MemberContext): Promise<OutletView[]> {
    return (await loader(context, outletsOfOfferLoader).load(this.id)).map(outletView);
  }
}

@ObjectType('Voucher', {
  description: 'What a redemption gave: a code that is used at an outlet (兑换券).',
  simpleResolvers: true,
})
export class VoucherView {
  row?: Promise<Voucher>;

  @Field(() => RedemptionView, { description: 'The purchase that it belongs to.' })
  redemption!: RedemptionView;

  @Field(() => IdScalar, { description: 'The same as the id of its redemption.' })
  id!: string;

  @Field(() => String, { description: 'The code "XXXX-XXXX-XXXX" that the outlet types or scans.' })
  code(@Ctx() { deps }: MemberContext): string {
    return voucherCode(deps.config.voucherKey, this.id);
  }

  @Field(() => String, {
    nullable: true,
    description:
      'The merchant’s own code, for its till; null where the offer has no pool of them. Show it like `code`.',
  })
  async merchantCode(@Ctx() context: MemberContext): Promise<string | null> {
    const cipher = await loader(context, poolCodeLoader).load(this.id);
    return cipher && decrypt(context.deps.config.personalData, POOL_CODE, cipher);
  }

  @Field(() => VoucherStateWord)
  async state(@Ctx() context: MemberContext): Promise<VoucherState> {
    return (await this.read(context)).state;
  }

  @Field(() => InstantScalar, { description: 'It can be used while now is before this instant.' })
  async validUntil(@Ctx() context: MemberContext): Promise<Date> {
    return (await this.read(context)).validUntil;
  }

  private read({ deps }: MemberContext): Promise<Voucher> {
    this.row ??= readVoucher(deps, this.id);
    return this.row;
  }
}

/** What lies beyond the id is read when it is asked for: right after a purchase most clients want the code alone. */
@ObjectType('Redemption', { description: 'A purchase of an offer (兑换记录).', simpleResolvers: true })
export class RedemptionView {
  row?: Promise<Redemption>;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => PointsScalar, { description: 'What it cost.' })
  async points(@Ctx() context: MemberContext): Promise<Points> {
    return (await this.read(context)).points;
  }

  @Field(() => InstantScalar)
  async redeemedAt(@Ctx() context: MemberContext): Promise<Date> {
    return (await this.read(context)).redeemedAt;
  }

  @Field(() => OfferView)
  async offer(@Ctx() context: MemberContext): Promise<OfferView> {
    const { offerId } = await this.read(context);
    return offerView(await readOffer(context.deps, offerId));
  }

  @Field(() => VoucherView)
  voucher(): VoucherView {
    return Object.assign(new VoucherView(), { id: this.id, redemption: this });
  }

  private read({ deps }: MemberContext): Promise<Redemption> {
    this.row ??= readRedemption(deps, this.id);
    return this.row;
  }
}

export const OfferConnection = connectionType(OfferView, 'Offer');
export const RedemptionConnection = connectionType(RedemptionView, 'Redemption');

export function merchantView({ id, name, category }: Merchant): MerchantView {
  return Object.assign(new MerchantView(), { id, name, category });
}

export function outletView({ id, name, address }: Outlet): OutletView {
  return Object.assign(new OutletView(), { id, name, address });
}

export function offerView({
  createdAt: _,
  submittedBy: _by,
  submittedAt: _at,
  returnReason: _why,
  ...shown
}: Offer): OfferView {
  return Object.assign(new OfferView(), shown);
}

/** The view of a redemption, of which no more than the id need be known yet. */
export function redemptionView(known: string | Redemption): RedemptionView {
  if (typeof known === 'string') return Object.assign(new RedemptionView(), { id: known });
  return Object.assign(new RedemptionView(), { id: known.id, row: Promise.resolve(known) });
}
