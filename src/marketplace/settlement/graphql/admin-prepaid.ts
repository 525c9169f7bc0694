import { Arg, Args, ArgsType, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { MerchantView, merchantView } from '../../graphql/admin-views.ts';
import { merchantLoader } from '../../loaders.ts';
import { confirmPayment, declinePayment } from '../prepaid/decide-payment.ts';
import { type PaymentState, PrepaidPayment } from '../prepaid/payment.entity.ts';
import { openAlerts, paymentsOf, prepaidOf } from '../prepaid/queries.ts';
import { recordPayment } from '../prepaid/record-payment.ts';
import { PaymentStateWord } from './words.ts';

async function merchantOf(context: AdminContext, merchantId: string): Promise<MerchantView> {
  const merchant = await loader(context, merchantLoader).load(merchantId);
  if (!merchant) throw new Error(`the merchant ${merchantId} has gone`);
  return merchantView(merchant);
}

@ObjectType('PrepaidBalance', {
  description: '预付余额: what a union paid a merchant beforehand and statements have not used up.',
  simpleResolvers: true,
})
class PrepaidBalanceView {
  merchantId!: string;

  @Field(() => MerchantView)
  merchant(@Ctx() context: AdminContext): Promise<MerchantView> {
    return merchantOf(context, this.merchantId);
  }

  @Field(() => FenScalar, { description: 'What was paid in and no paid statement has drawn.' })
  fen!: number;

  @Field(() => FenScalar, {
    description: 'What will be left once everything until now is settled, at today’s rate; below zero when overdrawn.',
  })
  leftFen!: number;
}

@ObjectType('PrepaidAlert', {
  description: '预付余额不足: less will be left of a prepaid balance than the contract says.',
  simpleResolvers: true,
})
class PrepaidAlertView {
  @Field(() => IdScalar)
  id!: string;

  merchantId!: string;

  @Field(() => MerchantView)
  merchant(@Ctx() context: AdminContext): Promise<MerchantView> {
    return merchantOf(context, this.merchantId);
  }

  @Field(() => FenScalar, { description: 'What was left when it was last looked at, once an hour.' })
  leftFen!: number;

  @Field(() => FenScalar, { description: 'The contract’s limit.' })
  belowFen!: number;

  @Field(() => InstantScalar)
  raisedAt!: Date;
}

@ObjectType('PrepaidPayment', {
  description: '预付款: what a union paid a merchant beforehand.',
  simpleResolvers: true,
})
class PrepaidPaymentView {
  @Field(() => IdScalar)
  id!: string;

  merchantId!: string;

  @Field(() => MerchantView)
  merchant(@Ctx() context: AdminContext): Promise<MerchantView> {
    return merchantOf(context, this.merchantId);
  }

  @Field(() => FenScalar, { description: 'How much.' })
  fen!: number;

  @Field(() => String, { description: 'Of the bank or the voucher.' })
  reference!: string;

  @Field(() => PaymentStateWord)
  state!: PaymentState;

  @Field(() => String, { description: 'Who recorded it: operator:<id>.' })
  recordedBy!: string;

  @Field(() => InstantScalar)
  recordedAt!: Date;

  @Field(() => String, { nullable: true, description: 'The second admin: operator:<id>. Null while it waits.' })
  decidedBy!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  decidedAt!: Date | null;
}

@ArgsType()
class RecordPaymentArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar, { description: 'One with a prepaid contract today.' })
  merchantId!: string;

  @Field(() => FenScalar, { description: 'How much, 1 to 100,000,000,000 fen.' })
  fen!: number;

  @Field(() => String, { description: 'Of the bank or the voucher, 1 to 60 characters, unique in the programme.' })
  reference!: string;
}

const BalanceConnection = connectionType(PrepaidBalanceView, 'PrepaidBalance');
const AlertConnection = connectionType(PrepaidAlertView, 'PrepaidAlert');
const PaymentConnection = connectionType(PrepaidPaymentView, 'PrepaidPayment');
const RecordResult = resultType('RecordPrepaidPayment', PrepaidPaymentView);
const ConfirmResult = resultType('ConfirmPrepaidPayment', PrepaidPaymentView);
const DeclineResult = resultType('DeclinePrepaidPayment', PrepaidPaymentView);

const NONE = { items: [], hasNextPage: false };
const DECIDING =
  'PAYMENT_UNKNOWN, PAYMENT_DECIDED, PERSON_NEEDED (an API token), SECOND_PERSON_NEEDED (you recorded it)';

/** What is paid in beforehand. */
@Resolver()
export class AdminPrepaidResolver {
  @Permission('settlements:read')
  @Query(() => BalanceConnection, {
    description: 'The prepaid balances of a programme of your branch, by merchant; empty for any other programme.',
  })
  async prepaidBalances(
    @Ctx() context: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<PrepaidBalanceView>> {
    const asked = pageAsked(page);
    const { manager } = context.deps.db;
    const now = context.deps.clock.now();
    const found = (await isInScope(context, programmeId)) ? await prepaidOf(manager, programmeId, asked, now) : NONE;
    return connection(
      found,
      (one) => one.merchantId,
      (one) => Object.assign(new PrepaidBalanceView(), one),
    );
  }

  @Permission('settlements:read')
  @Query(() => AlertConnection, {
    description: 'The prepaid balances of a programme of your branch that run low, newest alert first.',
  })
  async prepaidAlerts(
    @Ctx() context: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<PrepaidAlertView>> {
    const asked = pageAsked(page);
    const { manager } = context.deps.db;
    const found = (await isInScope(context, programmeId)) ? await openAlerts(manager, programmeId, asked) : NONE;
    return connection(
      found,
      (one) => one.id,
      (one) => Object.assign(new PrepaidAlertView(), one),
    );
  }

  @Permission('settlements:read')
  @Query(() => PaymentConnection, {
    description: 'The prepayments of a programme of your branch, newest first; empty for any other programme.',
  })
  async prepaidPayments(
    @Ctx() context: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => PaymentStateWord, { nullable: true }) state?: PaymentState | null,
  ): Promise<Connection<PrepaidPaymentView>> {
    const asked = pageAsked(page);
    const of = { programmeId, state: state ?? undefined };
    const isMine = await isInScope(context, programmeId);
    const found = isMine ? await paymentsOf(context.deps.db.manager, of, asked) : NONE;
    return connection(found, (one) => one.id, paymentView);
  }

  @Permission('settlements:pay')
  @Mutation(() => RecordResult, {
    description: `Records what the union paid a prepaid merchant beforehand; it counts once a second admin confirms it. Refusals: PERSON_NEEDED (an API token), PROGRAMME_UNKNOWN, NOT_PREPAID, FEN_OUT_OF_RANGE, REFERENCE_MALFORMED, REFERENCE_TAKEN, ${KEY_REFUSALS}.`,
  })
  async recordPrepaidPayment(
    @Ctx() context: AdminContext,
    @Args(() => RecordPaymentArgs) { key, programmeId, merchantId, fen, reference }: RecordPaymentArgs,
  ): Promise<PrepaidPaymentView | RefusalView> {
    const asked = { programmeId, merchantId, fen, reference };
    return shown(context, await recordPayment(context.deps, context.caller, key, asked));
  }

  @Permission('settlements:pay')
  @Mutation(() => ConfirmResult, {
    description: `Confirms, as the second admin, a prepayment that waits. Refusals: ${DECIDING}, ${KEY_REFUSALS}.`,
  })
  async confirmPrepaidPayment(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('paymentId', () => IdScalar) paymentId: string,
  ): Promise<PrepaidPaymentView | RefusalView> {
    return shown(context, await confirmPayment(context.deps, context.caller, key, { paymentId }));
  }

  @Permission('settlements:pay')
  @Mutation(() => DeclineResult, {
    description: `Declines, as the second admin, a prepayment that waits. Refusals: ${DECIDING}, ${KEY_REFUSALS}.`,
  })
  async declinePrepaidPayment(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('paymentId', () => IdScalar) paymentId: string,
  ): Promise<PrepaidPaymentView | RefusalView> {
    return shown(context, await declinePayment(context.deps, context.caller, key, { paymentId }));
  }
}

async function isInScope({ deps, caller }: AdminContext, programmeId: string): Promise<boolean> {
  return (await programmeInScope(deps.db.manager, caller, 'settlements:read', programmeId)).ok;
}

function paymentView(payment: PrepaidPayment): PrepaidPaymentView {
  return Object.assign(new PrepaidPaymentView(), payment);
}

async function shown({ deps, language }: AdminContext, outcome: Outcome): Promise<PrepaidPaymentView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return paymentView(await deps.db.manager.findOneByOrFail(PrepaidPayment, { id: outcome.value }));
}
