import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { type BeijingDay, beijingDay, endOfDay } from '../../../platform/clock.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { MerchantView, merchantView, OutletView, outletView } from '../../graphql/admin-views.ts';
import { OfferStateWord } from '../../graphql/words.ts';
import { merchantLoader, outletLoader, stockLoader } from '../../loaders.ts';
import type { OfferState } from '../../offer.entity.ts';
import { nextRoundDay } from '../due-rounds.ts';
import { givenCountsLoader, linesOfPlanLoader, linesOfRoundLoader, offerLoader } from '../loaders.ts';
import type { TreatPlan, TreatPlanState, WhenRest } from '../plan.entity.ts';
import type { LeftOut, RoundLine, TreatLine } from '../queries.ts';
import type { TreatRound } from '../round.entity.ts';
import { LeftOutWord, TreatPlanStateWord, WhenRestWord } from './words.ts';

@ObjectType('TreatPlanLine', { description: 'What is given at an outlet in every round.', simpleResolvers: true })
export class TreatPlanLineView {
  merchantId!: string;
  outletId!: string;

  @Field(() => String, { description: 'What is given, 奶茶一杯; the title of its offers.' })
  what!: string;

  @Field(() => Int, { description: 'How many in each round.' })
  quantity!: number;

  @Field(() => MerchantView)
  async merchant(@Ctx() context: AdminContext): Promise<MerchantView> {
    return merchantView((await loader(context, merchantLoader).load(this.merchantId))!);
  }

  @Field(() => OutletView)
  async outlet(@Ctx() context: AdminContext): Promise<OutletView> {
    return outletView((await loader(context, outletLoader).load(this.outletId))!);
  }
}

@ObjectType('TreatPlan', {
  description: '每月礼: what a programme gives its members once a month, first come, first served.',
  simpleResolvers: true,
})
export class TreatPlanView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'The day of the month on which it is given: 1 to 28.' })
  dayOfMonth!: number;

  @Field(() => WhenRestWord)
  whenRest!: WhenRest;

  @Field(() => String, { description: 'From when on it can be taken: HH:MM in Beijing.' })
  opens!: string;

  @Field(() => Int, { description: 'How many days before its day a round is put up: 0 to 20.' })
  daysAhead!: number;

  @Field(() => TreatPlanStateWord)
  state!: TreatPlanState;

  @Field(() => String, { description: 'Who made or changed it last: operator:<id> or api-token:<id>.' })
  changedBy!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'The next day on which it falls, today included; null while it is paused.',
  })
  nextDay(@Ctx() { deps }: AdminContext): BeijingDay | null {
    return this.state === 'paused' ? null : nextRoundDay(this, beijingDay(deps.clock.now()));
  }

  @Field(() => [TreatPlanLineView], { description: 'What is given where: 1 to 50 lines, in the order members see.' })
  async lines(@Ctx() context: AdminContext): Promise<TreatPlanLineView[]> {
    return (await loader(context, linesOfPlanLoader).load(this.id)).map(planLineView);
  }
}

@ObjectType('TreatRoundLine', { description: 'What is given at an outlet in a round.', simpleResolvers: true })
export class TreatRoundLineView extends TreatPlanLineView {
  @Field(() => IdScalar, {
    nullable: true,
    description: 'The offer that was made for it; null where it was left out. It is paused, ended and restocked there.',
  })
  offerId!: string | null;

  @Field(() => LeftOutWord, { nullable: true, description: 'Why it was left out; null where it was not.' })
  leftOut!: LeftOut | null;

  @Field(() => OfferStateWord, {
    nullable: true,
    description: 'How its offer stands: IN_REVIEW where the programme reviews offers and nobody approved it yet.',
  })
  async offerState(@Ctx() context: AdminContext): Promise<OfferState | null> {
    return this.offerId === null ? null : (await loader(context, offerLoader).load(this.offerId))!.state;
  }

  @Field(() => Int, { description: 'How many members took and did not give back.' })
  async given(@Ctx() context: AdminContext): Promise<number> {
    return this.offerId === null ? 0 : (await loader(context, givenCountsLoader).load(this.offerId)).given;
  }

  @Field(() => Int, { description: 'How many of those given were used at the outlet (核销).' })
  async verified(@Ctx() context: AdminContext): Promise<number> {
    return this.offerId === null ? 0 : (await loader(context, givenCountsLoader).load(this.offerId)).verified;
  }

  @Field(() => Int, { description: 'How many nobody took.' })
  async left(@Ctx() context: AdminContext): Promise<number> {
    return this.offerId === null ? 0 : loader(context, stockLoader).load(this.offerId);
  }
}

@ObjectType('TreatRound', {
  description: 'The treat of one month, as its plan stood when it was put up.',
  simpleResolvers: true,
})
export class TreatRoundView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  planId!: string;

  @Field(() => String, {
    description: 'The month that it is the treat of, "2026-08"; its day may be in the one before.',
  })
  month!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DayScalar, { description: 'The day on which it is given; vouchers lapse at its end.' })
  day!: BeijingDay;

  @Field(() => InstantScalar, { description: 'From this instant on it can be taken.' })
  opensAt!: Date;

  @Field(() => InstantScalar)
  putUpAt!: Date;

  @Field(() => InstantScalar, { description: 'From this instant on it can be neither taken nor used.' })
  closesAt(): Date {
    return endOfDay(this.day);
  }

  @Field(() => [TreatRoundLineView], { description: 'What is given where: 1 to 50 lines.' })
  async lines(@Ctx() context: AdminContext): Promise<TreatRoundLineView[]> {
    return (await loader(context, linesOfRoundLoader).load(this.id)).map(roundLineView);
  }
}

export const TreatPlanConnection = connectionType(TreatPlanView, 'TreatPlan');
export const TreatRoundConnection = connectionType(TreatRoundView, 'TreatRound');

export function treatPlanView(plan: TreatPlan): TreatPlanView {
  return Object.assign(new TreatPlanView(), plan);
}

export function treatRoundView({ programmeId: _, submittedBy: _by, ...round }: TreatRound): TreatRoundView {
  return Object.assign(new TreatRoundView(), round);
}

function planLineView({ merchantId, outletId, what, quantity }: TreatLine): TreatPlanLineView {
  return Object.assign(new TreatPlanLineView(), { merchantId, outletId, what, quantity });
}

function roundLineView({ merchantId, outletId, what, quantity, offerId, leftOut }: RoundLine): TreatRoundLineView {
  return Object.assign(new TreatRoundLineView(), { merchantId, outletId, what, quantity, offerId, leftOut });
}
