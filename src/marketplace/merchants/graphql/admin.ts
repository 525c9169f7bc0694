import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { answer, MerchantView, merchantView } from '../../graphql/admin-views.ts';
import { MerchantCategoryWord } from '../../graphql/words.ts';
import { merchantLoader } from '../../loaders.ts';
import type { MerchantCategory } from '../../merchant.entity.ts';
import { merchantInScope } from '../../scope.ts';
import type { ApplicationState, MerchantApplication } from '../application.entity.ts';
import { changeLicence } from '../change-licence.ts';
import { approveApplication, declineApplication } from '../decide-application.ts';
import { enterApplication } from '../enter-application.ts';
import { applicationLoader } from '../loaders.ts';
import { applicationsOfProgramme } from '../queries.ts';
import { ApplicationStateWord } from './words.ts';

@ObjectType('MerchantApplication', {
  description: 'The application of a firm to become a merchant of a programme (入驻申请).',
  simpleResolvers: true,
})
class MerchantApplicationView {
  merchantId!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => ApplicationStateWord)
  state!: ApplicationState;

  @Field(() => String, { nullable: true, description: 'What the reviewer should know.' })
  note!: string | null;

  @Field(() => InstantScalar)
  enteredAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was decided; null while it waits.' })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was declined; null otherwise.' })
  reason!: string | null;

  @Field(() => MerchantView, { description: 'The firm, with what stands on its licence.' })
  async merchant(@Ctx() context: AdminContext): Promise<MerchantView> {
    return merchantView((await loader(context, merchantLoader).load(this.merchantId))!);
  }
}

const MerchantApplicationConnection = connectionType(MerchantApplicationView, 'MerchantApplication');

function applicationView(application: MerchantApplication): MerchantApplicationView {
  const { enteredBy: _enteredBy, decidedBy: _decidedBy, ...shown } = application;
  return Object.assign(new MerchantApplicationView(), shown);
}

/** How a merchant came to be one. */
@Resolver(() => MerchantView)
export class AdminMerchantApplicationResolver {
  @FieldResolver(() => MerchantApplicationView, {
    nullable: true,
    description: 'Its application; null for a merchant that was signed without.',
  })
  async application(
    @Root() { id }: MerchantView,
    @Ctx() context: AdminContext,
  ): Promise<MerchantApplicationView | null> {
    const application = await loader(context, applicationLoader).load(id);
    return application && applicationView(application);
  }
}

@ArgsType()
class ApplicationsArgs extends PageArgs {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => ApplicationStateWord, { defaultValue: ApplicationStateWord.WAITING })
  state!: ApplicationState;
}

@ArgsType()
class EnterApplicationArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'What members know it by: 1 to 120 characters, unique.' })
  name!: string;

  @Field(() => MerchantCategoryWord)
  category!: MerchantCategory;

  @Field(() => String, { description: 'The name on the business licence, 1 to 120 characters.' })
  legalName!: string;

  @Field(() => String, { description: '统一社会信用代码: 18 characters; small letters and blanks do not matter.' })
  creditCode!: string;

  @Field(() => String, { nullable: true, description: 'What the reviewer should know, 1 to 500 characters.' })
  note?: string | null;
}

const EnterMerchantApplicationResult = resultType('EnterMerchantApplication', MerchantView);
const ApproveMerchantApplicationResult = resultType('ApproveMerchantApplication', MerchantView);
const DeclineMerchantApplicationResult = resultType('DeclineMerchantApplication', MerchantView);
const ChangeMerchantLicenceResult = resultType('ChangeMerchantLicence', MerchantView);

const DECIDING = 'APPLICATION_UNKNOWN, APPLICATION_DECIDED, SECOND_PERSON_NEEDED';

async function merchant(context: AdminContext, outcome: Outcome): Promise<MerchantView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => merchantInScope(deps.db.manager, caller, 'merchants:write', id);
  return answer(context, outcome, find, (found) => merchantView(found.merchant));
}

const NONE = { items: [], hasNextPage: false };

@Resolver()
export class AdminApplicationsResolver {
  @Permission('merchants:read')
  @Query(() => MerchantApplicationConnection, {
    description:
      'The applications for a programme that wait, or were decided so; the oldest first. Empty for a programme outside your branches.',
  })
  async merchantApplications(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => ApplicationsArgs) { programmeId, state, ...page }: ApplicationsArgs,
  ): Promise<Connection<MerchantApplicationView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const scope = await programmeInScope(manager, caller, 'merchants:read', programmeId);
    const found = scope.ok ? await applicationsOfProgramme(manager, { programmeId, state }, asked) : NONE;
    return connection(found, (one) => one.merchantId, applicationView);
  }

  @Permission('merchants:write')
  @Mutation(() => EnterMerchantApplicationResult, {
    description: `Enters the application of a firm for a programme; it waits for review. Refusals: PROGRAMME_UNKNOWN, TEXT_LENGTH (name, legalName, note), CREDIT_CODE_WRONG, MERCHANT_NAME_TAKEN, CREDIT_CODE_TAKEN, ${KEY_REFUSALS}.`,
  })
  async enterMerchantApplication(
    @Ctx() context: AdminContext,
    @Args(() => EnterApplicationArgs) { key, note = null, ...firm }: EnterApplicationArgs,
  ): Promise<MerchantView | RefusalView> {
    return merchant(context, await enterApplication(context.deps, context.caller, key, { ...firm, note }));
  }

  @Permission('merchants:write')
  @Mutation(() => ApproveMerchantApplicationResult, {
    description: `Approves an application: signContract can follow. Where the programme’s policy has \`reviewMerchants\`, by another person than the one who entered it. Refusals: ${DECIDING}, ${KEY_REFUSALS}.`,
  })
  async approveMerchantApplication(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('merchantId', () => IdScalar) merchantId: string,
  ): Promise<MerchantView | RefusalView> {
    return merchant(context, await approveApplication(context.deps, context.caller, key, { merchantId }));
  }

  @Permission('merchants:write')
  @Mutation(() => DeclineMerchantApplicationResult, {
    description: `Declines an application for good; the firm may apply anew. Refusals: ${DECIDING}, TEXT_LENGTH (reason), ${KEY_REFUSALS}.`,
  })
  async declineMerchantApplication(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('merchantId', () => IdScalar) merchantId: string,
    @Arg('reason', () => String, { description: 'What the firm reads, 1 to 500 characters.' }) reason: string,
  ): Promise<MerchantView | RefusalView> {
    return merchant(context, await declineApplication(context.deps, context.caller, key, { merchantId, reason }));
  }

  @Permission('merchants:write')
  @Mutation(() => ChangeMerchantLicenceResult, {
    description: `Records what stands on a merchant’s business licence now. Refusals: MERCHANT_UNKNOWN, MERCHANT_SHARED, MERCHANT_ENDED, TEXT_LENGTH (legalName), CREDIT_CODE_WRONG, CREDIT_CODE_TAKEN, ${KEY_REFUSALS}.`,
  })
  async changeMerchantLicence(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('merchantId', () => IdScalar) merchantId: string,
    @Arg('legalName', () => String, { description: 'The name on the business licence, 1 to 120 characters.' })
    legalName: string,
    @Arg('creditCode', () => String, { description: '统一社会信用代码, 18 characters.' }) creditCode: string,
  ): Promise<MerchantView | RefusalView> {
    const input = { merchantId, legalName, creditCode };
    return merchant(context, await changeLicence(context.deps, context.caller, key, input));
  }
}
