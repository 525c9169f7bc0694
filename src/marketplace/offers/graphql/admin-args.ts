import { ArgsType, Field, Int } from 'type-graphql';
import type { BeijingDay } from '../../../platform/clock.ts';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { PageArgs } from '../../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { CodeSourceWord, LapsePolicyWord, LimitPeriodWord, OfferStateWord } from '../../graphql/words.ts';
import type { CodeSource, LapsePolicy, LimitPeriod, OfferState } from '../../offer.entity.ts';

const ELIGIBLE_UNIONS =
  'Up to 100 unions of the programme’s branch for whose members, and those of the unions below, it is; [] or null for all.';
const ELIGIBLE_TAGS = 'Up to 20 tags, of which a member must bear one to buy it; [] or null for all.';

/** The terms of a new offer. */
@ArgsType()
export class CreateOfferArgs {
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

  @Field(() => Int, { description: 'How many there are: 0 to 10,000,000; 0 for an offer with a pool.' })
  stock!: number;

  @Field(() => CodeSourceWord, {
    defaultValue: CodeSourceWord.MADE,
    description: 'Fixed for ever. With POOL, `importOfferCodes` brings the codes, which are the stock.',
  })
  codeSource!: CodeSource;

  @Field(() => [IdScalar], { nullable: true, description: ELIGIBLE_UNIONS })
  eligibleUnionIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: ELIGIBLE_TAGS })
  eligibleTags?: string[] | null;
}

/** What is to change of an offer. */
@ArgsType()
export class ChangeOfferArgs {
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

  @Field(() => [IdScalar], { nullable: true, description: ELIGIBLE_UNIONS })
  eligibleUnionIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: ELIGIBLE_TAGS })
  eligibleTags?: string[] | null;
}

/** Which offers of a programme. */
@ArgsType()
export class OffersArgs extends PageArgs {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => OfferStateWord, { nullable: true, description: 'IN_REVIEW for those that wait for approval.' })
  state?: OfferState | null;
}
