import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type StaffContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { maskName } from '../../identity/personal-data.ts';
import type { BeijingDay } from '../../platform/clock.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { limitGuessing, VOUCHER_CODES } from '../guessing.ts';
import { outletLoader, readCounterLine } from '../loaders.ts';
import { outletsOfMerchant } from '../merchant-queries.ts';
import type { Outlet } from '../outlet.entity.ts';
import { REQUEST_NUMBER, REQUEST_NUMBER_REFUSALS } from '../request-number.ts';
import { undoVerification } from '../undo-verification.ts';
import { type CounterDay, type CounterLine, counterTotals, verificationsOf } from '../verification-queries.ts';
import { verifyVoucher } from '../verify-voucher.ts';

@ObjectType('Outlet', { description: 'One shop of your firm (门店).', simpleResolvers: true })
export class OutletView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  address!: string;
}

export function outletView({ id, name, address }: Outlet): OutletView {
  return Object.assign(new OutletView(), { id, name, address });
}

const OutletConnection = connectionType(OutletView, 'Outlet');

@ObjectType('Verification', { description: 'The use of a voucher at an outlet (核销).', simpleResolvers: true })
class VerificationView {
  line?: Promise<CounterLine>;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: 'What the voucher is for: hand this over.' })
  async offerTitle(@Ctx() context: StaffContext): Promise<string> {
    return (await this.read(context)).offerTitle;
  }

  @Field(() => PointsScalar, { description: 'What the member paid and you will be paid for; 0 for a gift.' })
  async points(@Ctx() context: StaffContext): Promise<Points> {
    return (await this.read(context)).points;
  }

  @Field(() => String, { description: 'The member’s name with its middle hidden, "王*明".' })
  async memberName(@Ctx() context: StaffContext): Promise<string> {
    return maskName((await this.read(context)).memberName);
  }

  @Field(() => OutletView)
  async outlet(@Ctx() context: StaffContext): Promise<OutletView> {
    return outletView((await loader(context, outletLoader).load((await this.read(context)).outletId))!);
  }

  @Field(() => InstantScalar)
  async verifiedAt(@Ctx() context: StaffContext): Promise<Date> {
    return (await this.read(context)).verifiedAt;
  }

  @Field(() => InstantScalar, { description: 'Until this instant it can be undone.' })
  async undoUntil(@Ctx() context: StaffContext): Promise<Date> {
    return (await this.read(context)).undoUntil;
  }

  @Field(() => InstantScalar, { nullable: true, description: 'When it was undone; null while it holds.' })
  async undoneAt(@Ctx() context: StaffContext): Promise<Date | null> {
    return (await this.read(context)).undoneAt;
  }

  private read({ deps }: StaffContext): Promise<CounterLine> {
    this.line ??= readCounterLine(deps, this.id);
    return this.line;
  }
}

const VerificationConnection = connectionType(VerificationView, 'Verification');

@ObjectType('CounterTotals', {
  description: 'What a day brought; uses that were undone do not count.',
  simpleResolvers: true,
})
class CounterTotalsView {
  @Field(() => Int, { description: 'How many vouchers were used.' })
  count!: number;

  @Field(() => PointsScalar, { description: 'Their points together.' })
  points!: Points;
}

@ArgsType()
class CounterArgs {
  @Field(() => DayScalar, { description: 'A Beijing day.' })
  day!: BeijingDay;

  @Field(() => IdScalar, { nullable: true, description: 'Of one outlet; of all that are yours when not given.' })
  outletId?: string | null;
}

@ArgsType()
class VerificationsArgs extends PageArgs {
  @Field(() => DayScalar, { description: 'A Beijing day.' })
  day!: BeijingDay;

  @Field(() => IdScalar, { nullable: true, description: 'Of one outlet; of all that are yours when not given.' })
  outletId?: string | null;
}

const VerifyVoucherResult = resultType('VerifyVoucher', VerificationView);
const UndoVerificationResult = resultType('UndoVerification', VerificationView);

/** A day at an outlet or at all of the caller's outlets; null for an outlet at which the caller has no business. */
function counterDay({ caller }: StaffContext, { day, outletId }: CounterArgs): CounterDay | null {
  if (caller.outletId !== null && outletId && outletId !== caller.outletId) return null;
  return { merchantId: caller.merchantId, outletId: outletId ?? caller.outletId, day };
}

function verificationView(known: string | CounterLine): VerificationView {
  if (typeof known === 'string') return Object.assign(new VerificationView(), { id: known });
  return Object.assign(new VerificationView(), { id: known.id, line: Promise.resolve(known) });
}

@Resolver()
export class MerchantMarketplaceResolver {
  @Permission('counter:read')
  @Query(() => OutletConnection, { description: 'The outlets at which you may act, oldest first.' })
  async outlets(@Ctx() context: StaffContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<OutletView>> {
    const { deps, caller } = context;
    const found = await outletsOfMerchant(deps.db.manager, caller, pageAsked(page));
    return connection(found, (outlet) => outlet.id, outletView);
  }

  @Permission('counter:read')
  @Query(() => VerificationConnection, {
    description:
      'The vouchers used on a day, undone ones among them, newest first. Empty for an outlet that is not yours.',
  })
  async verifications(
    @Ctx() context: StaffContext,
    @Args(() => VerificationsArgs) { day, outletId, ...page }: VerificationsArgs,
  ): Promise<Connection<VerificationView>> {
    const asked = pageAsked(page);
    const of = counterDay(context, { day, outletId });
    const found = of ? await verificationsOf(context.deps.db.manager, of, asked) : { items: [], hasNextPage: false };
    return connection(found, (line) => line.id, verificationView);
  }

  @Permission('counter:read')
  @Query(() => CounterTotalsView, { description: 'How much was used on a day. Zero for an outlet that is not yours.' })
  async counter(@Ctx() context: StaffContext, @Args(() => CounterArgs) args: CounterArgs): Promise<CounterTotalsView> {
    const of = counterDay(context, args);
    const totals = of ? await counterTotals(context.deps.db.manager, of) : { count: 0, points: 0 };
    return Object.assign(new CounterTotalsView(), totals);
  }

  @Permission('vouchers:verify')
  @Mutation(() => VerifyVoucherResult, {
    description: `Uses a voucher at an outlet. Sent again with the same request number it answers the same, however often. Refusals: VOUCHER_UNKNOWN, OUTLET_NOT_YOURS, WRONG_OUTLET, VOUCHER_USED, VOUCHER_CANCELLED, VOUCHER_LAPSED, TOO_MANY_ATTEMPTS, ${REQUEST_NUMBER_REFUSALS}.`,
  })
  async verifyVoucher(
    @Ctx() { deps, caller, limits, language }: StaffContext,
    @Arg('requestNumber', () => String, REQUEST_NUMBER) requestNumber: string,
    @Arg('outletId', () => IdScalar) outletId: string,
    @Arg('code', () => String, {
      description: 'What the member shows; small letters and missing dashes do not matter.',
    })
    code: string,
  ): Promise<VerificationView | RefusalView> {
    const outcome = await limitGuessing(limits, caller, VOUCHER_CODES, () =>
      verifyVoucher(deps, caller, { requestNumber, code, outletId }),
    );
    return outcome.ok ? verificationView(outcome.value) : refusalView(outcome.refusal, language);
  }

  @Permission('vouchers:undo')
  @Mutation(() => UndoVerificationResult, {
    description: `Takes back the use of a voucher until its undoUntil; the member can use it again. Refusals: VERIFICATION_UNKNOWN, VERIFICATION_UNDONE, UNDO_TOO_LATE, ${REQUEST_NUMBER_REFUSALS}.`,
  })
  async undoVerification(
    @Ctx() { deps, caller, language }: StaffContext,
    @Arg('requestNumber', () => String, REQUEST_NUMBER) requestNumber: string,
    @Arg('verificationId', () => IdScalar) verificationId: string,
  ): Promise<VerificationView | RefusalView> {
    const outcome = await undoVerification(deps, caller, { requestNumber, verificationId });
    return outcome.ok ? verificationView(outcome.value) : refusalView(outcome.refusal, language);
  }
}
