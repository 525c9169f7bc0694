import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type StaffContext } from '../../../identity/context.ts';
import { maskName } from '../../../identity/personal-data.ts';
import { FenScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { type ChargeLine, type ChargeState, refundableOf, type ScanLine, stateAt } from '../charge-queries.ts';
import { chargeUntil } from '../decide-charge.ts';
import { refundsOfChargeLoader } from '../loaders.ts';
import { MOST_REFUNDS, type RefundPart } from '../refund-queries.ts';
import { ChargeStateWord } from './words.ts';

@ObjectType('CardScan', {
  description:
    'A membership card that was shown at an outlet (扫码) and is valid: give the agreed discount. What the card was refused for stands in the refusal.',
  simpleResolvers: true,
})
export class CardScanView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: 'The member’s name with its middle hidden, "王*明".' })
  memberName!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What card holders are given by your contract; null for nothing.',
  })
  discount!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many per cent the discount takes off the bill; null where its words say it some other way.',
  })
  discountPercent!: number | null;

  @Field(() => FenScalar, { description: 'What a point is worth at your firm, in fen.' })
  rateFen!: number;

  @Field(() => FenScalar, { nullable: true, description: 'The bill in fen before the discount, if it was given.' })
  billFen!: number | null;

  @Field(() => FenScalar, {
    nullable: true,
    description: 'What to take off that bill, in whole fen; null without a bill or a discount in per cent.',
  })
  discountGivenFen!: number | null;

  @Field(() => InstantScalar)
  scannedAt!: Date;

  @Field(() => InstantScalar, { description: 'Until this instant points can be charged against it.' })
  chargeUntil!: Date;
}

@ObjectType('Charge', { description: 'Points that were taken at the counter (扣分).', simpleResolvers: true })
export class ChargeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => ChargeStateWord)
  state!: ChargeState;

  @Field(() => String, { description: 'The member’s name with its middle hidden, "王*明".' })
  memberName!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => FenScalar, { nullable: true, description: 'The bill in fen, where the points were made of one.' })
  billFen!: number | null;

  @Field(() => PointsScalar, { description: 'What of the points was given back.' })
  refunded!: Points;

  @Field(() => PointsScalar, { description: 'What of the points can still be given back; 0 unless POSTED.' })
  refundable!: Points;

  @Field(() => [ChargeRefundView], {
    description: `Its refunds, newest first; the ${MOST_REFUNDS} newest at the most.`,
  })
  async refunds(@Ctx() context: StaffContext): Promise<ChargeRefundView[]> {
    const parts = await loader(context, refundsOfChargeLoader).load(this.id);
    return parts.map((part) => chargeRefundView(part, this));
  }

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
export class ChargeRefundView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => InstantScalar)
  refundedAt!: Date;

  @Field(() => String, { description: 'Who gave them back.' })
  operatorName!: string;

  @Field(() => ChargeView, { description: 'The charge, as it stands now.' })
  charge!: ChargeView;
}

export function chargeView(line: ChargeLine, now: Date): ChargeView {
  const { id, points, billFen, refunded, outletId, outletName, operatorName, chargedAt, holdUntil } = line;
  const shown = { id, points, billFen, refunded, outletId, outletName, operatorName, chargedAt, holdUntil };
  return Object.assign(new ChargeView(), {
    ...shown,
    refundable: refundableOf(line),
    state: stateAt(line, now),
    memberName: maskName(line.memberName),
  });
}

export function chargeRefundView({ id, points, refundedAt, operatorName }: RefundPart, charge: ChargeView) {
  return Object.assign(new ChargeRefundView(), { id, points, refundedAt, operatorName, charge });
}

export function cardScanView(scan: ScanLine): CardScanView {
  return Object.assign(new CardScanView(), {
    ...scan,
    memberName: maskName(scan.memberName),
    chargeUntil: chargeUntil(scan.scannedAt),
  });
}
