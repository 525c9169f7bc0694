import { Args, ArgsType, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { maskName } from '../../../identity/personal-data.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { type ChargeLine, type ChargeState, refundableOf, stateAt } from '../charge-queries.ts';
import { chargesOfProgramme } from '../charges-of-programme.ts';
import { timeCursor } from '../cursor.ts';
import { refundsOfChargeLoader } from '../loaders.ts';
import { MOST_REFUNDS, type RefundPart } from '../refund-queries.ts';
import { ChargeStateWord } from './words.ts';

@ObjectType('ChargeRefund', { description: 'Points of a charge that were given back (退款).', simpleResolvers: true })
class ChargeRefundView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => InstantScalar)
  refundedAt!: Date;

  @Field(() => String, { description: 'Who gave them back, of the merchant’s staff.' })
  operatorName!: string;
}

@ObjectType('Charge', { description: 'Points that a merchant took at the counter (柜台扣分).', simpleResolvers: true })
class ChargeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => ChargeStateWord)
  state!: ChargeState;

  @Field(() => IdScalar)
  merchantId!: string;

  @Field(() => String)
  merchantName!: string;

  @Field(() => String)
  outletName!: string;

  @Field(() => String, { description: 'The cashier who charged.' })
  operatorName!: string;

  @Field(() => String, { description: 'The member’s name with its middle hidden, "王*明".' })
  memberName!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => FenScalar, { nullable: true, description: 'The bill, where the points were made of one.' })
  billFen!: number | null;

  @Field(() => FenScalar, { description: 'What a point was worth at the merchant.' })
  rateFen!: number;

  @Field(() => PointsScalar, { description: 'What of the points was given back.' })
  refunded!: Points;

  @Field(() => PointsScalar, { description: 'What of the points can still be given back; 0 unless POSTED.' })
  refundable!: Points;

  @Field(() => [ChargeRefundView], {
    description: `Its refunds, newest first; the ${MOST_REFUNDS} newest at the most.`,
  })
  async refunds(@Ctx() context: AdminContext): Promise<ChargeRefundView[]> {
    return (await loader(context, refundsOfChargeLoader).load(this.id)).map(refundView);
  }

  @Field(() => String, { description: 'The merchant’s own number of the request.' })
  requestNumber!: string;

  @Field(() => InstantScalar)
  chargedAt!: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'Until when the member was asked; null when it needed no asking.',
  })
  holdUntil!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the points moved, or the member declined.' })
  decidedAt!: Date | null;
}

const ChargeConnection = connectionType(ChargeView, 'Charge');

@ArgsType()
class ChargesArgs extends PageArgs {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar, { nullable: true, description: 'At one merchant; at all when not given.' })
  merchantId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Of one member; of all when not given.' })
  memberId?: string | null;

  @Field(() => ChargeStateWord, { nullable: true, description: 'Only those that stand so; all when not given.' })
  state?: ChargeState | null;

  @Field(() => DayScalar, { nullable: true, description: 'Charged on this Beijing day or later.' })
  fromDay?: BeijingDay | null;

  @Field(() => DayScalar, { nullable: true, description: 'Charged on this Beijing day or before.' })
  toDay?: BeijingDay | null;
}

function chargeView(line: ChargeLine, now: Date): ChargeView {
  const { id, merchantId, merchantName, outletName, operatorName, requestNumber, rateFen } = line;
  const { points, billFen, refunded, chargedAt, holdUntil, decidedAt } = line;
  return Object.assign(new ChargeView(), {
    ...{ id, merchantId, merchantName, outletName, operatorName, requestNumber, rateFen },
    ...{ points, billFen, refunded, chargedAt, holdUntil, decidedAt },
    refundable: refundableOf(line),
    state: stateAt(line, now),
    memberName: maskName(line.memberName),
  });
}

function refundView({ id, points, refundedAt, operatorName }: RefundPart): ChargeRefundView {
  return Object.assign(new ChargeRefundView(), { id, points, refundedAt, operatorName });
}

const NONE = { items: [], hasNextPage: false };

/** What a union sees of its merchants' counters. */
@Resolver()
export class AdminCounterResolver {
  @Permission('ledger:read')
  @Query(() => ChargeConnection, {
    description:
      'What counters charged in a programme of your branch, newest first, also what was declined or has lapsed; empty for any other programme.',
  })
  async charges(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => ChargesArgs) { programmeId, merchantId, memberId, state, fromDay, toDay, ...page }: ChargesArgs,
  ): Promise<Connection<ChargeView>> {
    const wanted = pageAsked(page);
    const { manager } = deps.db;
    const now = deps.clock.now();
    const programme = await programmeInScope(manager, caller, 'ledger:read', programmeId);
    const asked = {
      programmeId,
      merchantId: merchantId ?? undefined,
      memberId: memberId ?? undefined,
      state: state ?? undefined,
      fromDay: fromDay ?? undefined,
      toDay: toDay ?? undefined,
    };
    const found = programme.ok ? await chargesOfProgramme(manager, asked, wanted, now) : NONE;
    return connection(
      found,
      ({ id, chargedAt }) => timeCursor({ id, at: chargedAt }),
      (line) => chargeView(line, now),
    );
  }
}
