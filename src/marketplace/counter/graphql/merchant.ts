import { Arg, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { StaffContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { maskName } from '../../../identity/personal-data.ts';
import { resultType } from '../../../platform/graphql/mutation.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { CARD_CODES, limitGuessing } from '../../guessing.ts';
import { chargeCard } from '../charge-card.ts';
import { type ChargeLine, type ChargeState, findCharges, stateAt } from '../charge-queries.ts';
import { chargeUntil } from '../decide-charge.ts';
import { readCharge, readRefund, readScan } from '../loaders.ts';
import { refundCharge } from '../refund-charge.ts';
import { scanCard } from '../scan-card.ts';
import { ChargeStateWord } from './words.ts';

const BILL = { nullable: true, description: 'The bill in fen, 1 to 100,000,000.' };
const REQUEST_NUMBER = {
  description:
    'Your own number of this request, 8 to 64 characters, a new one for each act at the counter; unique for your firm. Sent again it does nothing twice.',
};

@ObjectType('CardScan', {
  description:
    'A membership card that was shown at an outlet (扫码) and is valid: give the agreed discount. What the card was refused for stands in the refusal.',
  simpleResolvers: true,
})
class CardScanView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: 'The member’s name with its middle hidden, "王*明".' })
  memberName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What card holders are given by your contract; null for nothing.',
  })
  discount!: string | null;

  @Field(() => Int, { description: 'What a point is worth at your firm, in fen.' })
  rateFen!: number;

  @Field(() => Int, { nullable: true, description: 'The bill in fen, if it was given.' })
  billFen!: number | null;

  @Field(() => InstantScalar)
  scannedAt!: Date;

  @Field(() => InstantScalar, { description: 'Until this instant points can be charged against it.' })
  chargeUntil!: Date;
}

@ObjectType('Charge', { description: 'Points that were taken at the counter (扣分).', simpleResolvers: true })
class ChargeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => ChargeStateWord)
  state!: ChargeState;

  @Field(() => String, { description: 'The member’s name with its middle hidden, "王*明".' })
  memberName!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => Int, { nullable: true, description: 'The bill in fen, where the points were made of one.' })
  billFen!: number | null;

  @Field(() => PointsScalar, { description: 'What of the points was given back.' })
  refunded!: Points;

  @Field(() => IdScalar)
  outletId!: string;

  @Field(() => String)
  outletName!: string;

  @Field(() => String, { description: 'The cashier who charged.' })
  operatorName!: string;

  @Field(() => InstantScalar)
  chargedAt!: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'Until when the member is asked; null when it needed no asking.',
  })
  holdUntil!: Date | null;
}

@ObjectType('ChargeRefund', { description: 'Points of a charge that were given back (退款).', simpleResolvers: true })
class ChargeRefundView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => InstantScalar)
  refundedAt!: Date;

  @Field(() => ChargeView, { description: 'The charge, as it stands now.' })
  charge!: ChargeView;
}

const ScanCardResult = resultType('ScanCard', CardScanView);
const ChargeCardResult = resultType('ChargeCard', ChargeView);
const RefundChargeResult = resultType('RefundCharge', ChargeRefundView);

function chargeView(line: ChargeLine, now: Date): ChargeView {
  const { id, points, billFen, refunded, outletId, outletName, operatorName, chargedAt, holdUntil } = line;
  const shown = { id, points, billFen, refunded, outletId, outletName, operatorName, chargedAt, holdUntil };
  return Object.assign(new ChargeView(), {
    ...shown,
    state: stateAt(line, now),
    memberName: maskName(line.memberName),
  });
}

@Resolver()
export class MerchantCounterResolver {
  @Permission('counter:read')
  @Query(() => ChargeView, {
    nullable: true,
    description: 'A charge of your outlets, or null. Ask every two seconds while it is HELD.',
  })
  async charge(
    @Ctx() { deps, caller }: StaffContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<ChargeView | null> {
    const found = (await findCharges(deps.db.manager, [id])).get(id);
    if (found?.merchantId !== caller.merchantId) return null;
    return caller.outletId === null || caller.outletId === found.outletId ? chargeView(found, deps.clock.now()) : null;
  }

  @Permission('cards:scan')
  @Mutation(() => ScanCardResult, {
    description:
      'Reads a member’s card code at an outlet, and records that the discount was used. Points can be charged against it for five minutes, once. Refusals: OUTLET_NOT_YOURS, BILL_OUT_OF_RANGE, CARD_CODE_REFUSED, CARD_CODE_EXPIRED, CARD_CODE_USED, CLOCK_SKEW, CARD_NOT_ACTIVE, MERCHANT_NOT_ACTIVE, CONTRACT_NOT_IN_FORCE, MEMBER_NOT_ACTIVE, TOO_MANY_ATTEMPTS, REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED.',
  })
  async scanCard(
    @Ctx() { deps, caller, limits, language }: StaffContext,
    @Arg('requestNumber', () => String, REQUEST_NUMBER) requestNumber: string,
    @Arg('outletId', () => IdScalar) outletId: string,
    @Arg('code', () => String, { description: 'What the QR code of the member’s phone says, as it is.' }) code: string,
    @Arg('billFen', () => Int, BILL) billFen: number | null = null,
  ): Promise<CardScanView | RefusalView> {
    const outcome = await limitGuessing(limits, caller, CARD_CODES, () =>
      scanCard(deps, caller, { requestNumber, outletId, code, billFen }),
    );
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    const scan = await readScan(deps, outcome.value);
    return Object.assign(new CardScanView(), {
      ...scan,
      memberName: maskName(scan.memberName),
      chargeUntil: chargeUntil(scan.scannedAt),
    });
  }

  @Permission('charges:write')
  @Mutation(() => ChargeCardResult, {
    description:
      'Takes points from the member whose card was scanned: give `points`, or `billFen` to have the bill turned into points at your rate, rounded up to whole points. POSTED it is done; HELD it waits for the member’s word, two minutes at the most. Refusals: SCAN_UNKNOWN, SCAN_USED, SCAN_TOO_OLD, CARD_NOT_ACTIVE, AMOUNT_UNCLEAR, POINTS_OUT_OF_RANGE, BILL_OUT_OF_RANGE, RATE_MISSING, NOT_ENOUGH_POINTS, MERCHANT_NOT_ACTIVE, CONTRACT_NOT_IN_FORCE, MEMBER_NOT_ACTIVE, REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED.',
  })
  async chargeCard(
    @Ctx() { deps, caller, language }: StaffContext,
    @Arg('requestNumber', () => String, REQUEST_NUMBER) requestNumber: string,
    @Arg('scanId', () => IdScalar) scanId: string,
    @Arg('points', () => PointsScalar, { nullable: true }) points: Points | null = null,
    @Arg('billFen', () => Int, BILL) billFen: number | null = null,
  ): Promise<ChargeView | RefusalView> {
    const outcome = await chargeCard(deps, caller, { requestNumber, scanId, points, billFen });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return chargeView(await readCharge(deps, outcome.value), deps.clock.now());
  }

  @Permission('charges:refund')
  @Mutation(() => RefundChargeResult, {
    description:
      'Gives points of a charge back to the member: the cashier who charged may, and the owner. Refusals: CHARGE_UNKNOWN, CHARGE_NOT_YOURS, CHARGE_NOT_POSTED, POINTS_OUT_OF_RANGE, REFUND_TOO_LARGE, REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED.',
  })
  async refundCharge(
    @Ctx() { deps, caller, language }: StaffContext,
    @Arg('requestNumber', () => String, REQUEST_NUMBER) requestNumber: string,
    @Arg('chargeId', () => IdScalar) chargeId: string,
    @Arg('points', () => PointsScalar, { nullable: true, description: 'All that is left of it when not given.' })
    points: Points | null = null,
  ): Promise<ChargeRefundView | RefusalView> {
    const outcome = await refundCharge(deps, caller, { requestNumber, chargeId, points });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    const refund = await readRefund(deps, outcome.value);
    return Object.assign(new ChargeRefundView(), { ...refund, charge: chargeView(refund.charge, deps.clock.now()) });
  }
}
