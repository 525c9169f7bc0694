import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import { loader, type StaffContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { contractsOfMerchant } from '../../contracts/queries.ts';
import { merchantLoader } from '../../loaders.ts';
import { staffOfMerchant } from '../../merchant-queries.ts';
import { MerchantStaff } from '../../merchant-staff.entity.ts';
import { addOwnCashier, disableOwnCashier } from '../own-cashiers.ts';
import {
  ContractConnection,
  type ContractView,
  contractView,
  MerchantView,
  merchantView,
  StaffConnection,
  StaffView,
  staffView,
} from './merchant-views.ts';

const AddCashierResult = resultType('AddCashier', StaffView);
const DisableCashierResult = resultType('DisableCashier', StaffView);

@ArgsType()
class AddCashierArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar, { nullable: true, description: 'Where the person works; all your outlets when not given.' })
  outletId?: string | null;

  @Field(() => String, { description: 'What the person types to sign in: 3 to 60 letters, digits or . _ @ -' })
  login!: string;

  @Field(() => String, { description: 'The person’s name, 1 to 80 characters.' })
  name!: string;

  @Field(() => String, { description: 'To begin with: at least 10 characters that are not easy to guess.' })
  password!: string;
}

async function staff({ deps, language }: StaffContext, outcome: Outcome): Promise<StaffView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return staffView(await deps.db.manager.findOneByOrFail(MerchantStaff, { operatorId: outcome.value }));
}

/** What an owner sees of the firm, and how an owner looks after its cashiers. */
@Resolver()
export class MerchantFirmResolver {
  @Permission('contracts:read')
  @Query(() => MerchantView, {
    description: 'Your firm and how its application stands. An owner may ask before the first contract is signed too.',
  })
  async merchant(@Ctx() context: StaffContext): Promise<MerchantView> {
    return merchantView((await loader(context, merchantLoader).load(context.caller.merchantId))!);
  }

  @Permission('contracts:read')
  @Query(() => ContractConnection, { description: 'The contracts of your firm, the newest first.' })
  async contracts(
    @Ctx() { deps, caller }: StaffContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<ContractView>> {
    const { merchantId } = caller;
    const found = await contractsOfMerchant(deps.db.manager, { merchantId }, pageAsked(page));
    return connection(found, (one) => one.id, contractView);
  }

  @Permission('staff:read')
  @Query(() => StaffConnection, { description: 'The staff of your firm, oldest first, disabled ones among them.' })
  async staff(
    @Ctx() { deps, caller }: StaffContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StaffView>> {
    const found = await staffOfMerchant(deps.db.manager, caller.merchantId, pageAsked(page));
    return connection(found, (one) => one.operatorId, staffView);
  }

  @Permission('staff:write')
  @Mutation(() => AddCashierResult, {
    description: `Gives a cashier of your firm a sign-in. Refusals: OUTLET_UNKNOWN, LOGIN_MALFORMED, LOGIN_TAKEN, NAME_MALFORMED, PASSWORD_TOO_WEAK, ${KEY_REFUSALS}.`,
  })
  async addCashier(
    @Ctx() context: StaffContext,
    @Args(() => AddCashierArgs) { key, outletId = null, ...person }: AddCashierArgs,
  ): Promise<StaffView | RefusalView> {
    return staff(context, await addOwnCashier(context.deps, context.caller, key, { ...person, outletId }));
  }

  @Permission('staff:write')
  @Mutation(() => DisableCashierResult, {
    description: `Shuts a cashier of your firm out for good, open sessions included. Owners are looked after by the union. Refusals: STAFF_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async disableCashier(
    @Ctx() context: StaffContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('staffId', () => IdScalar, { description: 'The id of the Staff.' }) staffId: string,
  ): Promise<StaffView | RefusalView> {
    return staff(context, await disableOwnCashier(context.deps, context.caller, key, { staffId }));
  }
}
