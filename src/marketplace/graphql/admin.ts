import { Arg, Args, ArgsType, Ctx, Field, InputType, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { addMerchant } from '../add-merchant.ts';
import { addOutlet } from '../add-outlet.ts';
import { addStaff } from '../add-staff.ts';
import { ContractTermsInput, contractTerms, TERMS_REFUSALS } from '../contracts/graphql/admin-views.ts';
import { disableStaff } from '../disable-staff.ts';
import { joinProgramme } from '../join-programme.ts';
import type { MerchantCategory, MerchantState } from '../merchant.entity.ts';
import { merchantsOfProgramme, outletsOfMerchant, staffOfMerchant } from '../merchant-queries.ts';
import type { StaffRole } from '../merchant-staff.entity.ts';
import { DETAILS_REFUSALS, OpeningHoursInput, PlaceInput } from '../outlets/graphql/admin-inputs.ts';
import { merchantInScope, outletInScope, staffInScope } from '../scope.ts';
import { setMerchantState } from '../set-merchant-state.ts';
import {
  answer,
  MerchantConnection,
  MerchantView,
  merchantView,
  OutletConnection,
  OutletView,
  outletView,
  StaffConnection,
  StaffView,
  staffView,
} from './admin-views.ts';
import { MerchantCategoryWord, MerchantStateWord, StaffRoleWord } from './words.ts';

const AddMerchantResult = resultType('AddMerchant', MerchantView);
const JoinProgrammeResult = resultType('JoinProgramme', MerchantView);
const SetMerchantStateResult = resultType('SetMerchantState', MerchantView);
const AddOutletResult = resultType('AddOutlet', OutletView);
const AddStaffResult = resultType('AddStaff', StaffView);
const DisableStaffResult = resultType('DisableStaff', StaffView);

@InputType('LicenceInput', { description: 'What stands on a business licence (营业执照).' })
class LicenceInput {
  @Field(() => String, { description: 'The name of the firm, 1 to 120 characters.' })
  legalName!: string;

  @Field(() => String, { description: '统一社会信用代码: 18 characters; small letters and blanks do not matter.' })
  creditCode!: string;
}

@ArgsType()
class MerchantsArgs extends PageArgs {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => MerchantStateWord, { nullable: true, description: 'Only those that stand so; all when not given.' })
  state?: MerchantState | null;
}

@ArgsType()
class AddMerchantArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar, { description: 'The first programme that it serves.' })
  programmeId!: string;

  @Field(() => String, { description: '1 to 120 characters, unique.' })
  name!: string;

  @Field(() => MerchantCategoryWord)
  category!: MerchantCategory;

  @Field(() => LicenceInput, { nullable: true, description: 'changeMerchantLicence records it later when not given.' })
  licence?: LicenceInput | null;

  @Field(() => ContractTermsInput, {
    nullable: true,
    description: 'From today on without end, at the programme’s price and postpaid, when not given.',
  })
  contract?: ContractTermsInput | null;
}

@ArgsType()
class AddOutletArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  merchantId!: string;

  @Field(() => String, { description: '1 to 120 characters, unique for the merchant.' })
  name!: string;

  @Field(() => String, { description: '1 to 200 characters.' })
  address!: string;

  @Field(() => PlaceInput, { nullable: true, description: 'Without it members do not find the outlet by distance.' })
  place?: PlaceInput | null;

  @Field(() => [OpeningHoursInput], { nullable: true, description: 'Its week, 21 stretches at the most.' })
  hours?: OpeningHoursInput[] | null;
}

@ArgsType()
class AddStaffArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  merchantId!: string;

  @Field(() => IdScalar, { nullable: true, description: 'Where the person works; all outlets when not given.' })
  outletId?: string | null;

  @Field(() => StaffRoleWord)
  role!: StaffRole;

  @Field(() => String, { description: 'What the person types to sign in: 3 to 60 letters, digits or . _ @ -' })
  login!: string;

  @Field(() => String, { description: 'The person’s name, 1 to 80 characters.' })
  name!: string;

  @Field(() => String, { description: 'To begin with: at least 10 characters that are not easy to guess.' })
  password!: string;
}

async function merchant(context: AdminContext, outcome: Outcome): Promise<MerchantView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => merchantInScope(deps.db.manager, caller, 'merchants:write', id);
  return answer(context, outcome, find, (found) => merchantView(found.merchant));
}

async function outlet(context: AdminContext, outcome: Outcome): Promise<OutletView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => outletInScope(deps.db.manager, caller, 'merchants:write', id), outletView);
}

async function staff(context: AdminContext, outcome: Outcome): Promise<StaffView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => staffInScope(deps.db.manager, caller, 'merchants:write', id), staffView);
}

const NONE = { items: [], hasNextPage: false };

@Resolver()
export class AdminMarketplaceResolver {
  @Permission('merchants:read')
  @Query(() => MerchantConnection, {
    description: 'The merchants that serve a programme, newest first. Empty for a programme outside your branches.',
  })
  async merchants(
    @Ctx() context: AdminContext,
    @Args(() => MerchantsArgs) { programmeId, state, ...page }: MerchantsArgs,
  ): Promise<Connection<MerchantView>> {
    const { deps, caller } = context;
    const asked = pageAsked(page);
    const scope = await programmeInScope(deps.db.manager, caller, 'merchants:read', programmeId);
    const found = scope.ok ? await merchantsOfProgramme(deps.db.manager, programmeId, asked, state ?? undefined) : NONE;
    return connection(found, (one) => one.id, merchantView);
  }

  @Permission('merchants:read')
  @Query(() => MerchantView, {
    nullable: true,
    description: 'A merchant that serves a programme of your branches; null for any other id.',
  })
  async merchant(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<MerchantView | null> {
    const found = await merchantInScope(deps.db.manager, caller, 'merchants:read', id);
    return found.ok ? merchantView(found.value.merchant) : null;
  }

  @Permission('merchants:read')
  @Query(() => OutletConnection, {
    description: 'A merchant’s outlets, oldest first. Empty for a merchant outside your branches.',
  })
  async outlets(
    @Ctx() context: AdminContext,
    @Arg('merchantId', () => IdScalar) merchantId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<OutletView>> {
    const { deps, caller } = context;
    const asked = pageAsked(page);
    const scope = await merchantInScope(deps.db.manager, caller, 'merchants:read', merchantId);
    const found = scope.ok ? await outletsOfMerchant(deps.db.manager, { merchantId }, asked) : NONE;
    return connection(found, (one) => one.id, outletView);
  }

  @Permission('merchants:read')
  @Query(() => StaffConnection, {
    description:
      'A merchant’s staff, oldest first, disabled ones among them. Empty for a merchant outside your branches.',
  })
  async staff(
    @Ctx() context: AdminContext,
    @Arg('merchantId', () => IdScalar) merchantId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StaffView>> {
    const { deps, caller } = context;
    const asked = pageAsked(page);
    const scope = await merchantInScope(deps.db.manager, caller, 'merchants:read', merchantId);
    const found = scope.ok ? await staffOfMerchant(deps.db.manager, merchantId, asked) : NONE;
    return connection(found, (one) => one.operatorId, staffView);
  }

  @Permission('merchants:write')
  @Mutation(() => AddMerchantResult, {
    description: `Takes a firm under contract for a programme at once: application, review and contract in one act. Where the programme’s policy has \`reviewMerchants\`, enterMerchantApplication is used instead. Refusals: PROGRAMME_UNKNOWN, SECOND_PERSON_NEEDED, TEXT_LENGTH (name, legalName), CREDIT_CODE_WRONG, MERCHANT_NAME_TAKEN, CREDIT_CODE_TAKEN, ${TERMS_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async addMerchant(
    @Ctx() context: AdminContext,
    @Args(() => AddMerchantArgs) { key, licence, contract, ...firm }: AddMerchantArgs,
  ): Promise<MerchantView | RefusalView> {
    const input = { ...firm, licence: licence ?? undefined, contract: contract ? contractTerms(contract) : undefined };
    return merchant(context, await addMerchant(context.deps, context.caller, key, input));
  }

  @Permission('merchants:write')
  @Mutation(() => JoinProgrammeResult, {
    description: `Has a merchant that serves a programme of yours serve one more, under a contract of its own there. Refusals: PROGRAMME_UNKNOWN, MERCHANT_UNKNOWN, MERCHANT_NOT_ACTIVE, ${TERMS_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async joinProgramme(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('merchantId', () => IdScalar) merchantId: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('contract', () => ContractTermsInput, {
      nullable: true,
      description: 'From today on without end, at the programme’s price and postpaid, when not given.',
    })
    terms: ContractTermsInput | null | undefined,
  ): Promise<MerchantView | RefusalView> {
    const input = { merchantId, programmeId, contract: terms ? contractTerms(terms) : undefined };
    return merchant(context, await joinProgramme(context.deps, context.caller, key, input));
  }

  @Permission('merchants:write')
  @Mutation(() => SetMerchantStateResult, {
    description: `Suspends a merchant, makes it active again, or ends it for good; an application is decided and a first contract signed by other mutations. Refusals: MERCHANT_UNKNOWN, MERCHANT_SHARED (it also serves programmes outside your branches), MERCHANT_ENDED, MERCHANT_STATE_ORDER, ${KEY_REFUSALS}.`,
  })
  async setMerchantState(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('merchantId', () => IdScalar) merchantId: string,
    @Arg('state', () => MerchantStateWord) state: MerchantState,
  ): Promise<MerchantView | RefusalView> {
    return merchant(context, await setMerchantState(context.deps, context.caller, key, { merchantId, state }));
  }

  @Permission('merchants:write')
  @Mutation(() => AddOutletResult, {
    description: `Adds a shop to a merchant. Refusals: MERCHANT_UNKNOWN, MERCHANT_ENDED, OUTLET_NAME_TAKEN, ${DETAILS_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async addOutlet(
    @Ctx() context: AdminContext,
    @Args(() => AddOutletArgs) { key, place, hours, ...shop }: AddOutletArgs,
  ): Promise<OutletView | RefusalView> {
    const input = { ...shop, place: place ?? undefined, hours: hours ?? undefined };
    return outlet(context, await addOutlet(context.deps, context.caller, key, input));
  }

  @Permission('merchants:write')
  @Mutation(() => AddStaffResult, {
    description: `Gives a person a sign-in at the merchant door. Refusals: MERCHANT_UNKNOWN, MERCHANT_SHARED, MERCHANT_ENDED, OUTLET_UNKNOWN, LOGIN_MALFORMED, LOGIN_TAKEN, NAME_MALFORMED, PASSWORD_TOO_WEAK, ${KEY_REFUSALS}.`,
  })
  async addStaff(
    @Ctx() context: AdminContext,
    @Args(() => AddStaffArgs) { key, outletId = null, ...person }: AddStaffArgs,
  ): Promise<StaffView | RefusalView> {
    return staff(context, await addStaff(context.deps, context.caller, key, { ...person, outletId }));
  }

  @Permission('merchants:write')
  @Mutation(() => DisableStaffResult, {
    description: `Shuts a person out of the merchant door for good, open sessions included. Refusals: STAFF_UNKNOWN, MERCHANT_SHARED, ${KEY_REFUSALS}.`,
  })
  async disableStaff(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('staffId', () => IdScalar, { description: 'The id of the Staff.' }) operatorId: string,
  ): Promise<StaffView | RefusalView> {
    return staff(context, await disableStaff(context.deps, context.caller, key, { operatorId }));
  }
}
