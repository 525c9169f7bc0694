import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { DayScalar, FenScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { endInnovationContract } from '../end-contract.ts';
import { LONGEST_PURPOSE, LONGEST_REASON, LONGEST_REFERENCE } from '../limits.ts';
import { contractsIn } from '../queries.ts';
import { recordInnovationContract } from '../record-contract.ts';
import { recordInnovationPayment } from '../record-payment.ts';
import { innovationContractInScope, paymentInScope } from '../scope.ts';
import { sumContracts } from '../sum-contracts.ts';
import { takeBackPayment } from '../take-back-payment.ts';
import { contractGiven, InnovationContractInput } from './admin-inputs.ts';
import {
  ContractSumsView,
  contractSumsView,
  InnovationContractConnection,
  InnovationContractView,
  InnovationPaymentView,
  innovationContractView,
  innovationPaymentView,
} from './admin-views.ts';

const RecordInnovationContractResult = resultType('RecordInnovationContract', InnovationContractView);
const EndInnovationContractResult = resultType('EndInnovationContract', InnovationContractView);
const RecordInnovationPaymentResult = resultType('RecordInnovationPayment', InnovationPaymentView);
const TakeBackInnovationPaymentResult = resultType('TakeBackInnovationPayment', InnovationPaymentView);

const TERMS_REFUSALS =
  'TEXT_MALFORMED, CONTRACT_DAYS, COVERED_OUT_OF_RANGE, FUND_OUT_OF_RANGE, REWARD_RULE_NOT_ONE, REWARD_SHARE_OUT_OF_RANGE, REWARD_TABLE_MALFORMED, POINTS_PART_OUT_OF_RANGE, POINTS_PROGRAMME, CONTRACT_NUMBER_TAKEN, CONTRACT_OVERLAPS (`at` names the place in `contract`)';

const REFERENCE = {
  description: `Of the bank or the voucher, 1 to ${LONGEST_REFERENCE} characters, new in the contract.`,
};

@ArgsType()
class ContractsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'The top of the branch to look at; else all of yours.' })
  unionId?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'Only those that cover this day.' })
  validOn?: BeijingDay | null;
}

@ArgsType()
class RecordPaymentArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  contractId!: string;

  @Field(() => DayScalar, { description: 'Today or before, and not before the contract was signed.' })
  paidOn!: BeijingDay;

  @Field(() => FenScalar, { description: 'At least 1, and no more than the fund has left.' })
  fen!: number;

  @Field(() => String, { description: `What for, 1 to ${LONGEST_PURPOSE} characters.` })
  purpose!: string;

  @Field(() => String, REFERENCE)
  reference!: string;
}

/** Collective contracts on innovation, and what is paid from their funds. */
@Resolver()
export class AdminInnovationContractsResolver {
  @Permission('innovation-contracts:read')
  @Query(() => InnovationContractConnection, {
    description: 'The contracts on innovation of your branches, the one recorded last first.',
  })
  async innovationContracts(
    @Ctx() context: AdminContext,
    @Args(() => ContractsArgs) { unionId, validOn, ...page }: ContractsArgs,
  ): Promise<Connection<InnovationContractView>> {
    const asked = pageAsked(page);
    const within = await branches(context, 'innovation-contracts:read', unionId);
    const filter = { branches: within, validOn: validOn ?? undefined };
    const found = await contractsIn(context.deps.db.manager, filter, asked);
    return connection(found, ({ id }) => id, innovationContractView);
  }

  @Permission('innovation-contracts:read')
  @Query(() => InnovationContractView, {
    nullable: true,
    description: 'A contract of your branches; null for any other id.',
  })
  async innovationContract(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<InnovationContractView | null> {
    const found = await innovationContractInScope(deps.db.manager, caller, 'innovation-contracts:read', id);
    return found.ok ? innovationContractView(found.value) : null;
  }

  @Permission('innovation-contracts:read')
  @Query(() => ContractSumsView, {
    description: 'What the contracts of your branches come to; all zero for a union outside them.',
  })
  async innovationContractSums(
    @Ctx() context: AdminContext,
    @Arg('unionId', () => IdScalar, {
      nullable: true,
      description: 'The top of the branch to look at; else all of yours.',
    })
    unionId?: string | null,
    @Arg('year', () => Int, {
      nullable: true,
      description:
        'Contracts that cover a day of this year, what was paid in it and accepted in it; else of all years.',
    })
    year?: number | null,
  ): Promise<ContractSumsView> {
    const within = await branches(context, 'innovation-contracts:read', unionId);
    return contractSumsView(await sumContracts(context.deps.db.manager, within, year ?? null));
  }

  @Permission('innovation-contracts:write')
  @Mutation(() => RecordInnovationContractResult, {
    description: `Records a contract that a firm’s union has signed. Its terms are fixed: to change them, end it and record one that follows. Refusals: UNION_UNKNOWN, UNION_NO_FIRM, ${TERMS_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async recordInnovationContract(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('unionId', () => IdScalar, { description: 'The union of an enterprise, or a grass-roots union.' })
    unionId: string,
    @Arg('contract', () => InnovationContractInput) given: InnovationContractInput,
  ): Promise<InnovationContractView | RefusalView> {
    const contract = contractGiven(given);
    if (!contract.ok) return refusalView(contract.refusal, context.language);
    const input = { unionId, contract: contract.value };
    return shownContract(context, await recordInnovationContract(context.deps, context.caller, key, input));
  }

  @Permission('innovation-contracts:write')
  @Mutation(() => EndInnovationContractResult, {
    description: `Puts the last day of a contract earlier, once, to today at the earliest. What it promised until then is still paid. Refusals: INNOVATION_CONTRACT_UNKNOWN, CONTRACT_ENDED, REASON_NEEDED, CONTRACT_END_DAY, ${KEY_REFUSALS}.`,
  })
  async endInnovationContract(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('contractId', () => IdScalar) contractId: string,
    @Arg('lastDay', () => DayScalar, { description: 'The last day that it covers from now on.' }) lastDay: BeijingDay,
    @Arg('reason', () => String, { description: `1 to ${LONGEST_REASON} characters.` }) reason: string,
  ): Promise<InnovationContractView | RefusalView> {
    const input = { contractId, lastDay, reason };
    return shownContract(context, await endInnovationContract(context.deps, context.caller, key, input));
  }

  @Permission('innovation-contracts:write')
  @Mutation(() => RecordInnovationPaymentResult, {
    description: `Records what was paid from the fund of a contract. Rewards that are released show there by themselves. Refusals: INNOVATION_CONTRACT_UNKNOWN, PAYMENT_DAY, PAYMENT_OUT_OF_RANGE, TEXT_MALFORMED, REFERENCE_TAKEN, FUND_TOO_LOW (it says what is left), ${KEY_REFUSALS}.`,
  })
  async recordInnovationPayment(
    @Ctx() context: AdminContext,
    @Args(() => RecordPaymentArgs) { key, contractId, paidOn, fen, purpose, reference }: RecordPaymentArgs,
  ): Promise<InnovationPaymentView | RefusalView> {
    const input = { contractId, paidOn, fen, purpose, reference };
    return shownPayment(context, await recordInnovationPayment(context.deps, context.caller, key, input));
  }

  @Permission('innovation-contracts:write')
  @Mutation(() => TakeBackInnovationPaymentResult, {
    description: `Takes back a payment that was recorded wrongly, once, by an entry of the same money below zero; both stay. Refusals: PAYMENT_UNKNOWN, PAYMENT_TAKEN_BACK, PAYMENT_OF_REWARD, TEXT_MALFORMED, REFERENCE_TAKEN, ${KEY_REFUSALS}.`,
  })
  async takeBackInnovationPayment(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('paymentId', () => IdScalar) paymentId: string,
    @Arg('purpose', () => String, { description: `Why, 1 to ${LONGEST_PURPOSE} characters.` }) purpose: string,
    @Arg('reference', () => String, REFERENCE) reference: string,
  ): Promise<InnovationPaymentView | RefusalView> {
    const input = { paymentId, purpose, reference };
    return shownPayment(context, await takeBackPayment(context.deps, context.caller, key, input));
  }
}

function shownContract(context: AdminContext, outcome: Outcome): Promise<InnovationContractView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => innovationContractInScope(deps.db.manager, caller, 'innovation-contracts:write', id);
  return answer(context, outcome, find, innovationContractView);
}

function shownPayment(context: AdminContext, outcome: Outcome): Promise<InnovationPaymentView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => paymentInScope(deps.db.manager, caller, 'innovation-contracts:write', id);
  return answer(context, outcome, find, innovationPaymentView);
}
