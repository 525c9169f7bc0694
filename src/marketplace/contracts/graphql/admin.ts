import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { answer } from '../../graphql/admin-views.ts';
import { endContract } from '../end-contract.ts';
import { contractsOfMerchant } from '../queries.ts';
import { contractInScope } from '../scope.ts';
import { signContract } from '../sign-contract.ts';
import {
  ContractConnection,
  ContractTermsInput,
  ContractView,
  contractTerms,
  contractView,
  TERMS_REFUSALS,
} from './admin-views.ts';

const SignContractResult = resultType('SignContract', ContractView);
const EndContractResult = resultType('EndContract', ContractView);

@ArgsType()
class ContractsArgs extends PageArgs {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar)
  merchantId!: string;
}

async function contract(context: AdminContext, outcome: Outcome): Promise<ContractView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => contractInScope(deps.db.manager, caller, 'merchants:write', id);
  return answer(context, outcome, find, (found) => contractView(found.contract));
}

const NONE = { items: [], hasNextPage: false };

@Resolver()
export class AdminContractsResolver {
  @Permission('merchants:read')
  @Query(() => ContractConnection, {
    description:
      'The contracts of a merchant in a programme, the newest first. Empty for a programme outside your branches.',
  })
  async contracts(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => ContractsArgs) { programmeId, merchantId, ...page }: ContractsArgs,
  ): Promise<Connection<ContractView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const scope = await programmeInScope(manager, caller, 'merchants:read', programmeId);
    const found = scope.ok ? await contractsOfMerchant(manager, { merchantId, programmeId }, asked) : NONE;
    return connection(found, (one) => one.id, contractView);
  }

  @Permission('merchants:write')
  @Mutation(() => SignContractResult, {
    description: `Signs a contract with a merchant that serves the programme; the first makes an approved merchant active. Contracts of one merchant in a programme follow one another and never overlap. Refusals: PROGRAMME_UNKNOWN, MERCHANT_UNKNOWN, MERCHANT_NOT_SERVING, MERCHANT_NOT_REVIEWED, MERCHANT_ENDED, ${TERMS_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async signContract(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('merchantId', () => IdScalar) merchantId: string,
    @Arg('contract', () => ContractTermsInput) terms: ContractTermsInput,
  ): Promise<ContractView | RefusalView> {
    const input = { programmeId, merchantId, contract: contractTerms(terms) };
    return contract(context, await signContract(context.deps, context.caller, key, input));
  }

  @Permission('merchants:write')
  @Mutation(() => EndContractResult, {
    description: `Puts the last day of a contract earlier, to today at the earliest. To change terms, end it and sign one that follows. Refusals: CONTRACT_UNKNOWN, TEXT_LENGTH (reason), CONTRACT_END_IN_PAST, CONTRACT_END_LATER, ${KEY_REFUSALS}.`,
  })
  async endContract(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('contractId', () => IdScalar) contractId: string,
    @Arg('untilDay', () => DayScalar, { description: 'The last day that it covers now.' }) untilDay: BeijingDay,
    @Arg('reason', () => String, { description: 'For the file, 1 to 500 characters.' }) reason: string,
  ): Promise<ContractView | RefusalView> {
    const input = { contractId, untilDay, reason };
    return contract(context, await endContract(context.deps, context.caller, key, input));
  }
}
