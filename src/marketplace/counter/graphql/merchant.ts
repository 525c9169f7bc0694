import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { StaffContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { resultType } from '../../../platform/graphql/mutation.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { CARD_CODES, limitGuessing } from '../../guessing.ts';
import { REQUEST_NUMBER, REQUEST_NUMBER_REFUSALS } from '../../request-number.ts';
import { chargeCard } from '../charge-card.ts';
import { findCharges } from '../charge-queries.ts';
import { readCharge, readRefund, readScan } from '../loaders.ts';
import { refundCharge } from '../refund-charge.ts';
import { scanCard } from '../scan-card.ts';
import {
  CardScanView,
  ChargeRefundView,
  ChargeView,
  cardScanView,
  chargeRefundView,
  chargeView,
} from './merchant-views.ts';

const BILL = { nullable: true, description: 'The bill in fen, 1 to 100,000,000.' };
const BILL_BEFORE_DISCOUNT = { nullable: true, description: 'The bill in fen before the discount, 1 to 100,000,000.' };

const ScanCardResult = resultType('ScanCard', CardScanView);
const ChargeCardResult = resultType('ChargeCard', ChargeView);
const RefundChargeResult = resultType('RefundCharge', ChargeRefundView);

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
    description: `Reads a member’s card code at an outlet, and records that the discount was used. Points can be charged against it for five minutes, once. Refusals: OUTLET_NOT_YOURS, BILL_OUT_OF_RANGE, CARD_CODE_REFUSED, CARD_CODE_EXPIRED, CARD_CODE_USED, CLOCK_SKEW, CARD_NOT_ACTIVE, MERCHANT_NOT_ACTIVE, CONTRACT_NOT_IN_FORCE, MEMBER_NOT_ACTIVE, TOO_MANY_ATTEMPTS, ${REQUEST_NUMBER_REFUSALS}.`,
  })
  async scanCard(
    @Ctx() { deps, caller, limits, language }: StaffContext,
    @Arg('requestNumber', () => String, REQUEST_NUMBER) requestNumber: string,
    @Arg('outletId', () => IdScalar) outletId: string,
    @Arg('code', () => String, { description: 'What the QR code of the member’s phone says, as it is.' }) code: string,
    @Arg('billFen', () => FenScalar, BILL_BEFORE_DISCOUNT) billFen: number | null = null,
  ): Promise<CardScanView | RefusalView> {
    const outcome = await limitGuessing(limits, caller, CARD_CODES, () =>
      scanCard(deps, caller, { requestNumber, outletId, code, billFen }),
    );
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return cardScanView(await readScan(deps, outcome.value));
  }

  @Permission('charges:write')
  @Mutation(() => ChargeCardResult, {
    description: `Takes points from the member whose card was scanned: give points, or billFen to have the bill turned into points at your rate, rounded up to whole points. POSTED it is done; HELD it waits for the member’s word, two minutes at the most. Refusals: SCAN_UNKNOWN, SCAN_USED, SCAN_TOO_OLD, CARD_NOT_ACTIVE, AMOUNT_UNCLEAR, POINTS_OUT_OF_RANGE, BILL_OUT_OF_RANGE, RATE_MISSING, NOT_ENOUGH_POINTS, MERCHANT_NOT_ACTIVE, CONTRACT_NOT_IN_FORCE, MEMBER_NOT_ACTIVE, ${REQUEST_NUMBER_REFUSALS}.`,
  })
  async chargeCard(
    @Ctx() { deps, caller, language }: StaffContext,
    @Arg('requestNumber', () => String, REQUEST_NUMBER) requestNumber: string,
    @Arg('scanId', () => IdScalar) scanId: string,
    @Arg('points', () => PointsScalar, { nullable: true }) points: Points | null = null,
    @Arg('billFen', () => FenScalar, BILL) billFen: number | null = null,
  ): Promise<ChargeView | RefusalView> {
    const outcome = await chargeCard(deps, caller, { requestNumber, scanId, points, billFen });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return chargeView(await readCharge(deps, outcome.value), deps.clock.now());
  }

  @Permission('charges:refund')
  @Mutation(() => RefundChargeResult, {
    description: `Gives points of a charge back to the member: the cashier who charged may, and the owner. Refusals: CHARGE_UNKNOWN, CHARGE_NOT_YOURS, CHARGE_NOT_POSTED, POINTS_OUT_OF_RANGE, REFUND_TOO_LARGE, ${REQUEST_NUMBER_REFUSALS}.`,
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
    return chargeRefundView(refund, chargeView(refund.charge, deps.clock.now()));
  }
}
