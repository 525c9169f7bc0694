import { Arg, Args, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { chargeLimitOf, setChargeLimit } from '../charge-limit.ts';
import {
  type ChargeLine,
  type ChargeState,
  chargesOfMember,
  MOST_PENDING,
  pendingCharges,
  refundableOf,
  stateAt,
} from '../charge-queries.ts';
import { confirmCharge } from '../confirm-charge.ts';
import { declineCharge } from '../decline-charge.ts';
import { readCharge, refundsOfChargeLoader } from '../loaders.ts';
import { MOST_REFUNDS } from '../refund-queries.ts';
import { ChargeStateWord } from './words.ts';

@ObjectType('ChargeRefund', {
  description: 'Points of a charge that were given back to you (退款).',
  simpleResolvers: true,
})
class ChargeRefundView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => InstantScalar)
  refundedAt!: Date;
}

@ObjectType('Charge', { description: 'Points that a merchant took at the counter (柜台扣分).', simpleResolvers: true })
class ChargeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The programme whose points they are.' })
  programmeId!: string;

  @Field(() => ChargeStateWord)
  state!: ChargeState;

  @Field(() => String)
  merchantName!: string;

  @Field(() => String)
  outletName!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => FenScalar, { nullable: true, description: 'The bill in fen, where the points were made of one.' })
  billFen!: number | null;

  @Field(() => PointsScalar, { description: 'What of the points was given back to you.' })
  refunded!: Points;

  @Field(() => PointsScalar, { description: 'What of the points the merchant can still give back; 0 unless POSTED.' })
  refundable!: Points;

  @Field(() => [ChargeRefundView], {
    description: `Its refunds, newest first; the ${MOST_REFUNDS} newest at the most.`,
  })
  async refunds(@Ctx() context: MemberContext): Promise<ChargeRefundView[]> {
    const parts = await loader(context, refundsOfChargeLoader).load(this.id);
    return parts.map(({ id, points, refundedAt }) => Object.assign(new ChargeRefundView(), { id, points, refundedAt }));
  }

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'Until when you can confirm or decline it; null when you were not asked.',
  })
  holdUntil!: Date | null;

  @Field(() => InstantScalar)
  chargedAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When the points moved, or you declined.' })
  decidedAt!: Date | null;
}

@ObjectType('ChargeLimit', {
  description: 'Up to how many points a counter may charge without asking you (免确认限额).',
  simpleResolvers: true,
})
class ChargeLimitView {
  @Field(() => PointsScalar, { description: '0 asks you every time; 500 unless you set another.' })
  points!: Points;
}

const ChargeConnection = connectionType(ChargeView, 'Charge');
const ConfirmChargeResult = resultType('ConfirmCharge', ChargeView);
const DeclineChargeResult = resultType('DeclineCharge', ChargeView);
const SetChargeLimitResult = resultType('SetChargeLimit', ChargeLimitView);

function chargeView(line: ChargeLine, now: Date): ChargeView {
  const { id, programmeId, merchantName, outletName, points, billFen, refunded } = line;
  const { holdUntil, chargedAt, decidedAt } = line;
  const shown = { id, programmeId, merchantName, outletName, points, billFen, refunded };
  return Object.assign(new ChargeView(), {
    ...shown,
    holdUntil,
    chargedAt,
    decidedAt,
    refundable: refundableOf(line),
    state: stateAt(line, now),
  });
}

async function chargeAnswer({ deps, language }: MemberContext, outcome: Outcome): Promise<ChargeView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return chargeView(await readCharge(deps, outcome.value), deps.clock.now());
}

@Resolver()
export class MemberCounterResolver {
  @Permission('self')
  @Query(() => ChargeConnection, {
    description: 'What counters charged you, newest first, also what you declined or did not confirm in time.',
  })
  async charges(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<ChargeView>> {
    const found = await chargesOfMember(deps.db.manager, caller.memberId, pageAsked(page));
    const now = deps.clock.now();
    return connection(
      found,
      (charge) => charge.id,
      (line) => chargeView(line, now),
    );
  }

  @Permission('self')
  @Query(() => [ChargeView], {
    description: `The charges that wait for your word, ${MOST_PENDING} at the most, the one that lapses first at the front. Ask every two seconds while your card is shown.`,
  })
  async pendingCharges(@Ctx() { deps, caller }: MemberContext): Promise<ChargeView[]> {
    const now = deps.clock.now();
    return (await pendingCharges(deps.db.manager, caller.memberId, now)).map((line) => chargeView(line, now));
  }

  @Permission('self')
  @Query(() => ChargeLimitView, { description: 'Up to how many points a counter may charge without asking you.' })
  async chargeLimit(@Ctx() { deps, caller }: MemberContext): Promise<ChargeLimitView> {
    return Object.assign(new ChargeLimitView(), { points: await chargeLimitOf(deps, caller.memberId) });
  }

  @Permission('self')
  @Mutation(() => ConfirmChargeResult, {
    description: `Confirms a charge that waits for you: its points go to the merchant. Refusals: CHARGE_UNKNOWN, CHARGE_POSTED, CHARGE_DECLINED, HOLD_LAPSED, NOT_ENOUGH_POINTS, MERCHANT_NOT_ACTIVE, CONTRACT_NOT_IN_FORCE, MEMBER_NOT_ACTIVE, ${KEY_REFUSALS}.`,
  })
  async confirmCharge(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('chargeId', () => IdScalar) chargeId: string,
  ): Promise<ChargeView | RefusalView> {
    return chargeAnswer(context, await confirmCharge(context.deps, context.caller, { key, chargeId }));
  }

  @Permission('self')
  @Mutation(() => DeclineChargeResult, {
    description: `Declines a charge that waits for you: no points move. Refusals: CHARGE_UNKNOWN, CHARGE_POSTED, CHARGE_DECLINED, HOLD_LAPSED, ${KEY_REFUSALS}.`,
  })
  async declineCharge(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('chargeId', () => IdScalar) chargeId: string,
  ): Promise<ChargeView | RefusalView> {
    return chargeAnswer(context, await declineCharge(context.deps, context.caller, { key, chargeId }));
  }

  @Permission('self')
  @Mutation(() => SetChargeLimitResult, {
    description: `Sets up to how many points a counter may charge without asking you. Refusals: LIMIT_OUT_OF_RANGE, ${KEY_REFUSALS}.`,
  })
  async setChargeLimit(
    @Ctx() { deps, caller, language }: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('points', () => PointsScalar, { description: '0 to 10,000,000; 0 asks you every time.' }) points: Points,
  ): Promise<ChargeLimitView | RefusalView> {
    const outcome = await setChargeLimit(deps, caller, { key, points });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return Object.assign(new ChargeLimitView(), { points: await chargeLimitOf(deps, caller.memberId) });
  }
}
