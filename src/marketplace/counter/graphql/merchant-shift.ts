import { Args, ArgsType, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type StaffContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { maskName } from '../../../identity/personal-data.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { operatorLoader, outletLoader } from '../../loaders.ts';
import type { CounterDay } from '../../verification-queries.ts';
import type { ChargeState } from '../charge-queries.ts';
import { timeCursor } from '../cursor.ts';
import { chargeLoader } from '../loaders.ts';
import { type ShiftLine, type ShiftLineKind, shiftLines } from '../shift-lines.ts';
import { type ShiftTotals, shiftTotals, totalsCursor } from '../shift-totals.ts';
import { ChargeView, chargeView } from './merchant-views.ts';
import { ChargeStateWord, ShiftLineKindWord } from './words.ts';

async function outletNameOf(context: StaffContext, { outletId }: { outletId: string }): Promise<string> {
  return (await loader(context, outletLoader).load(outletId))!.name;
}

async function operatorNameOf(context: StaffContext, { operatorId }: { operatorId: string }): Promise<string> {
  return (await loader(context, operatorLoader).load(operatorId))!.name;
}

@ObjectType('ShiftLine', { description: 'One act at the counter.', simpleResolvers: true })
class ShiftLineView {
  @Field(() => ShiftLineKindWord)
  kind!: ShiftLineKind;

  @Field(() => IdScalar, { description: 'Of the verification, the charge or the refund, as `kind` says.' })
  id!: string;

  @Field(() => InstantScalar, { description: 'When it was done.' })
  at!: Date;

  @Field(() => PointsScalar, { description: 'Always above zero, but for a gift; a refund takes as many from you.' })
  points!: Points;

  @Field(() => String, { description: 'The member’s name with its middle hidden, "王*明".' })
  memberName!: string;

  @Field(() => String, { nullable: true, description: 'What a voucher was for; null for the others.' })
  offerTitle!: string | null;

  @Field(() => FenScalar, { nullable: true, description: 'The bill in fen of a charge that was made of one.' })
  billFen!: number | null;

  @Field(() => ChargeStateWord, { nullable: true, description: 'Of a charge: only POSTED moved points.' })
  chargeState!: ChargeState | null;

  @Field(() => IdScalar, { nullable: true, description: 'Of a refund: what was charged.' })
  chargeId!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Of a voucher: when its use was taken back.' })
  undoneAt!: Date | null;

  @Field(() => ChargeView, {
    nullable: true,
    description: 'The charge, or what a refund belongs to, as it stands now; null for a voucher.',
  })
  async charge(@Ctx() context: StaffContext): Promise<ChargeView | null> {
    if (this.kind === 'voucher') return null;
    const found = await loader(context, chargeLoader).load(this.chargeId ?? this.id);
    return chargeView(found!, context.deps.clock.now());
  }

  operatorId!: string;

  @Field(() => IdScalar)
  outletId!: string;

  @Field(() => String)
  outletName(@Ctx() context: StaffContext): Promise<string> {
    return outletNameOf(context, this);
  }

  @Field(() => String, { description: 'The cashier.' })
  operatorName(@Ctx() context: StaffContext): Promise<string> {
    return operatorNameOf(context, this);
  }
}

@ObjectType('ShiftTotals', { description: 'What one cashier did at one outlet on a day.', simpleResolvers: true })
class ShiftTotalsView {
  @Field(() => Int, { description: 'How many cards were scanned, each a use of the discount.' })
  scans!: number;

  @Field(() => Int, { description: 'How many vouchers were used; undone ones do not count.' })
  vouchers!: number;

  @Field(() => PointsScalar, { description: 'The points of those vouchers.' })
  voucherPoints!: Points;

  @Field(() => Int, { description: 'How many charges moved points.' })
  charges!: number;

  @Field(() => PointsScalar, { description: 'The points of those charges, refunds not taken off.' })
  chargePoints!: Points;

  @Field(() => Int, { description: 'How many refunds were made.' })
  refunds!: number;

  @Field(() => PointsScalar, { description: 'The points that those gave back.' })
  refundPoints!: Points;

  operatorId!: string;

  @Field(() => IdScalar)
  outletId!: string;

  @Field(() => String)
  outletName(@Ctx() context: StaffContext): Promise<string> {
    return outletNameOf(context, this);
  }

  @Field(() => String, { description: 'The cashier.' })
  operatorName(@Ctx() context: StaffContext): Promise<string> {
    return operatorNameOf(context, this);
  }
}

const ShiftLineConnection = connectionType(ShiftLineView, 'ShiftLine');
const ShiftTotalsConnection = connectionType(ShiftTotalsView, 'ShiftTotals');

@ArgsType()
class ShiftArgs extends PageArgs {
  @Field(() => DayScalar, { description: 'A Beijing day.' })
  day!: BeijingDay;

  @Field(() => IdScalar, { nullable: true, description: 'Of one outlet; of all that are yours when not given.' })
  outletId?: string | null;
}

/** A day at an outlet or at all of the caller's outlets; null for an outlet at which the caller has no business. */
function shiftOf({ caller }: StaffContext, { day, outletId }: ShiftArgs): CounterDay | null {
  if (caller.outletId !== null && outletId && outletId !== caller.outletId) return null;
  return { merchantId: caller.merchantId, outletId: outletId ?? caller.outletId, day };
}

function lineView(line: ShiftLine): ShiftLineView {
  return Object.assign(new ShiftLineView(), line, { memberName: maskName(line.memberName) });
}

function totalsView(totals: ShiftTotals): ShiftTotalsView {
  return Object.assign(new ShiftTotalsView(), totals);
}

@Resolver()
export class MerchantShiftResolver {
  @Permission('counter:read')
  @Query(() => ShiftLineConnection, {
    description:
      'Vouchers, charges and refunds of a day, newest first, also what was undone, declined or has lapsed. Empty for an outlet that is not yours.',
  })
  async shiftLines(
    @Ctx() context: StaffContext,
    @Args(() => ShiftArgs) args: ShiftArgs,
  ): Promise<Connection<ShiftLineView>> {
    const { db, clock } = context.deps;
    const page = pageAsked(args);
    const of = shiftOf(context, args);
    const found = of ? await shiftLines(db.manager, of, page, clock.now()) : { items: [], hasNextPage: false };
    return connection(found, timeCursor, lineView);
  }

  @Permission('counter:read')
  @Query(() => ShiftTotalsConnection, {
    description:
      'What each cashier did at each outlet on a day, for handing over the shift. A charge counts on the day on which the cashier asked for it. Empty for an outlet that is not yours.',
  })
  async shiftTotals(
    @Ctx() context: StaffContext,
    @Args(() => ShiftArgs) args: ShiftArgs,
  ): Promise<Connection<ShiftTotalsView>> {
    const page = pageAsked(args);
    const of = shiftOf(context, args);
    const found = of ? await shiftTotals(context.deps.db.manager, of, page) : { items: [], hasNextPage: false };
    return connection(found, totalsCursor, totalsView);
  }
}
