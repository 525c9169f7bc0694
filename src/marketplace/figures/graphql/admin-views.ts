import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { FenScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import { type Points, points } from '../../../platform/points.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { MerchantView, merchantView } from '../../graphql/admin-views.ts';
import { MerchantCategoryWord } from '../../graphql/words.ts';
import { merchantLoader } from '../../loaders.ts';
import type { MerchantCategory } from '../../merchant.entity.ts';
import { OfferView } from '../../offers/graphql/admin-views.ts';
import { type FigureGrouping, type FigureRow, figuresBy } from '../figure-queries.ts';
import type { FigureScope } from '../figure-scope.ts';
import type { Period } from '../period.ts';

@ObjectType('FigureRow', {
  description:
    'Figures of one month, branch, category or merchant, or of all. What is taken back counts against what it takes back, in the month in which it is taken back. Where a category or merchant is told apart, what belongs to no merchant is null.',
  simpleResolvers: true,
})
export class FigureRowView {
  @Field(() => String, { nullable: true, description: 'The month, "2026-08"; when told apart by MONTH.' })
  month!: string | null;

  unionId!: string | null;

  @Field(() => UnionView, { nullable: true, description: 'The top of the branch; when told apart by BRANCH.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView | null> {
    const union = this.unionId === null ? null : await loader(context, unionLoader).load(this.unionId);
    return union && unionView(union);
  }

  @Field(() => MerchantCategoryWord, { nullable: true, description: 'When told apart by CATEGORY.' })
  category!: MerchantCategory | null;

  merchantId!: string | null;

  @Field(() => MerchantView, { nullable: true, description: 'When told apart by MERCHANT.' })
  async merchant(@Ctx() context: AdminContext): Promise<MerchantView | null> {
    const merchant = this.merchantId === null ? null : await loader(context, merchantLoader).load(this.merchantId);
    return merchant && merchantView(merchant);
  }

  @Field(() => PointsScalar, {
    nullable: true,
    description:
      '发放: points issued, less what was taken back. What a member owes, or was written off, stays issued until it is paid off: it was spent.',
  })
  issued!: Points | null;

  @Field(() => PointsScalar, { description: '兑换: points spent on offers, less what was cancelled or refunded.' })
  redeemed!: Points;

  @Field(() => PointsScalar, { description: '核销: points of vouchers that were used, less what was undone.' })
  verified!: Points;

  @Field(() => PointsScalar, { description: '扫码扣分: points charged at the counter, less refunds.' })
  charged!: Points;

  @Field(() => PointsScalar, {
    nullable: true,
    description: '过期: points that expired with the members, less those that were taken back after they had expired.',
  })
  expired!: Points | null;

  @Field(() => PointsScalar, { description: '作废: points of vouchers that lapsed and are not refunded.' })
  forfeited!: Points;

  @Field(() => PointsScalar, {
    nullable: true,
    description: 'What members held at the end of the month (by MONTH) or of `until`, or hold now if that is to come.',
  })
  held!: Points | null;

  @Field(() => PointsScalar, { description: 'What lay in unused vouchers at the same time.' })
  inVouchers!: Points;

  @Field(() => FenScalar, {
    description:
      '未兑付负债: what all that would cost, in whole fen: `held` and `inVouchers` at the present price of a point.',
  })
  outstandingFen!: number;

  @Field(() => Int, { description: 'How often a membership card was shown at a counter.' })
  scans!: number;

  @Field(() => Int, { description: 'How often a discount was agreed for the card when it was shown.' })
  discounts!: number;

  @Field(() => FenScalar, {
    description:
      'The bills to which these discounts were given, before the discount, in whole fen, as far as the cashiers entered them.',
  })
  discountedFen!: number;

  @Field(() => FenScalar, {
    description:
      '优惠金额: what these discounts took off those bills, in whole fen, by the per cent that the contract had when the card was shown. A discount that a contract tells only in words, and one for a bill that was not entered, adds nothing.',
  })
  discountGivenFen!: number;
}

export const FigureRowConnection = connectionType(FigureRowView, 'FigureRow');

@ObjectType('Figures', { description: 'The figures of a programme, or of a branch of it.', simpleResolvers: true })
export class FiguresView {
  @Field(() => InstantScalar, {
    nullable: true,
    description: 'They hold everything up to this instant; null before they were ever counted.',
  })
  asOf!: Date | null;

  @Field(() => FigureRowView, { description: 'All together.' })
  total!: FigureRowView;

  asked!: { scope: FigureScope; period: Period; by: FigureGrouping };

  @Field(() => FigureRowConnection, { description: 'Told apart, in order of month, union, category or merchant.' })
  async rows(@Ctx() { deps }: AdminContext, @Args(() => PageArgs) asked: PageArgs): Promise<Connection<FigureRowView>> {
    const page = pageAsked(asked);
    const { scope, period, by } = this.asked;
    const { pointPriceFen } = scope.programme;
    const found = await figuresBy(deps.db.manager, scope, period, by, page);
    return connection(
      found,
      (row) => row.key,
      (row) => figureRowView(row, by, pointPriceFen),
    );
  }
}

@ObjectType('TopOffer', { description: 'An offer, and how often it was bought in a period.', simpleResolvers: true })
export class TopOfferView {
  @Field(() => OfferView, { description: 'The offer as it stands now.' })
  offer!: OfferView;

  @Field(() => Int, { description: 'Pieces that were bought, gifts too, less what was cancelled or refunded.' })
  redemptions!: number;

  @Field(() => PointsScalar, { description: 'The points that members spent on them.' })
  points!: Points;
}

@ObjectType('TopOffers', { description: 'The offers that were bought most.', simpleResolvers: true })
export class TopOffersView {
  @Field(() => InstantScalar, {
    nullable: true,
    description: 'They hold everything up to this instant; null before they were ever counted.',
  })
  asOf!: Date | null;

  @Field(() => [TopOfferView], { description: 'Most pieces first; of as many the one for more points.' })
  offers!: TopOfferView[];
}

/** A row for the eye; `by` says what its key is, and is undefined for all together. */
export function figureRowView(row: FigureRow, by: FigureGrouping | undefined, pointPriceFen: number): FigureRowView {
  const isOfMerchants = by === 'category' || by === 'merchant';
  const keyOf = (grouping: FigureGrouping) => (by === grouping ? row.key : null);
  const withoutMerchant = (amount: Points) => (isOfMerchants ? null : amount);
  return Object.assign(new FigureRowView(), {
    month: keyOf('month'),
    unionId: keyOf('branch'),
    category: keyOf('category') as MerchantCategory | null,
    merchantId: keyOf('merchant'),
    issued: withoutMerchant(row.issued),
    redeemed: row.redeemed,
    verified: row.verified,
    charged: row.charged,
    expired: withoutMerchant(row.expired),
    forfeited: row.forfeited,
    held: withoutMerchant(row.held),
    inVouchers: row.in_vouchers,
    outstandingFen: points((row.held + row.in_vouchers) * pointPriceFen),
    scans: row.scans,
    discounts: row.discounts,
    discountedFen: row.discounted_fen,
    discountGivenFen: row.discount_given_fen,
  });
}
