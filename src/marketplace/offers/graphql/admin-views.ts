import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { evidenceUrl } from '../../../evidence/address.ts';
import type { EvidenceFile } from '../../../evidence/evidence-file.entity.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { MerchantView, merchantView, OutletView, outletView } from '../../graphql/admin-views.ts';
import { CodeSourceWord, LapsePolicyWord, LimitPeriodWord, OfferStateWord } from '../../graphql/words.ts';
import { merchantLoader, outletsOfOfferLoader, releasesLoader, stockLoader } from '../../loaders.ts';
import type { CodeSource, LapsePolicy, LimitPeriod, Offer, OfferState } from '../../offer.entity.ts';
import type { Release } from '../../releases/queries.ts';

@ObjectType('OfferPicture', { description: 'A picture of an offer.', simpleResolvers: true })
export class OfferPictureView {
  @Field(() => IdScalar, { description: 'What the upload answered as `evidenceId`.' })
  id!: string;

  @Field(() => String, {
    description:
      'The path on this server at which the picture can be read without a token. Good for five minutes; ask again after.',
  })
  url(@Ctx() { deps }: AdminContext): string {
    return evidenceUrl(deps.config, this.id, deps.clock.now());
  }
}

@ObjectType('OfferRelease', {
  description: 'Pieces of an offer that come on sale at an instant (定时投放).',
  simpleResolvers: true,
})
export class ReleaseView {
  @Field(() => InstantScalar, { description: 'From this instant on they can be bought.' })
  releaseAt!: Date;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType('Offer', { description: 'A thing that members can buy for points (兑换商品).', simpleResolvers: true })
export class OfferView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  merchantId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  description!: string;

  @Field(() => PointsScalar, { description: 'What one piece costs; 0 is a gift.' })
  price!: Points;

  @Field(() => InstantScalar, { description: 'When the sale opens.' })
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
    description: 'Days in which a voucher can be used, the day of purchase being day 1.',
  })
  useDays!: number | null;

  @Field(() => LapsePolicyWord)
  lapsePolicy!: LapsePolicy;

  @Field(() => CodeSourceWord)
  codeSource!: CodeSource;

  @Field(() => [IdScalar], {
    nullable: true,
    description: 'The unions for whose members, and those of the unions below, it is: 1 to 100. Null for all.',
  })
  eligibleUnionIds!: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The tags of which a member must bear one to buy it: 1 to 20. Null where none is asked.',
  })
  eligibleTags!: string[] | null;

  @Field(() => OfferStateWord)
  state!: OfferState;

  @Field(() => String, {
    nullable: true,
    description: 'Who submitted it for review last, operator:<id> or api-token:<id>; null when nobody has.',
  })
  submittedBy!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was submitted for review last.' })
  submittedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the review returned it; null once it is submitted again.',
  })
  returnReason!: string | null;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => Int, { description: 'How many are left at this moment.' })
  remaining(@Ctx() context: AdminContext): Promise<number> {
    return loader(context, stockLoader).load(this.id);
  }

  @Field(() => [ReleaseView], { description: 'What is still to be released, the next first: 100 at most.' })
  async releases(@Ctx() context: AdminContext): Promise<ReleaseView[]> {
    return (await loader(context, releasesLoader).load(this.id)).map(releaseView);
  }

  @Field(() => [OfferPictureView], { description: 'Its pictures in the order of their upload: 9 at most.' })
  async pictures(@Ctx() context: AdminContext): Promise<OfferPictureView[]> {
    return (await loader(context, evidenceLoader).load(`offer:${this.id}`)).map(offerPictureView);
  }

  @Field(() => MerchantView)
  async merchant(@Ctx() context: AdminContext): Promise<MerchantView> {
    return merchantView((await loader(context, merchantLoader).load(this.merchantId))!);
  }

  @Field(() => [OutletView], { description: 'Where its vouchers can be used: 1 to 100 outlets, by name.' })
  async outlets(@Ctx() context: AdminContext): Promise<OutletView[]> {
    return (await loader(context, outletsOfOfferLoader).load(this.id)).map(outletView);
  }
}

export const OfferConnection = connectionType(OfferView, 'Offer');

export function offerView(offer: Offer): OfferView {
  return Object.assign(new OfferView(), offer);
}

export function offerPictureView({ id }: EvidenceFile): OfferPictureView {
  return Object.assign(new OfferPictureView(), { id });
}

export function releaseView({ releaseAt, count }: Release): ReleaseView {
  return Object.assign(new ReleaseView(), { releaseAt, count });
}
