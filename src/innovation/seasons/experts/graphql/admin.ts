import { Arg, Args, ArgsType, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { type AdminContext, loader } from '../../../../identity/context.ts';
import { Permission } from '../../../../identity/permission.ts';
import type { Outcome } from '../../../../platform/db/idempotency.ts';
import { type Connection, connection, connectionType, type Page } from '../../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../../../platform/graphql/scalars.ts';
import { answer } from '../../../../unions/graphql/admin-answers.ts';
import { unionInScope } from '../../../../unions/scope.ts';
import { normaliseField } from '../../category-for.ts';
import { LONGEST_FIELD } from '../../limits.ts';
import type { Expert } from '../expert.entity.ts';
import { adminNameLoader } from '../loaders.ts';
import { expertsOf } from '../queries.ts';
import { registerExpert } from '../register-expert.ts';
import { expertInScope, removeExpert } from '../remove-expert.ts';

@ObjectType('InnovationExpert', {
  description: '评审专家: that an admin is an expert of a field, in the register of a union.',
  simpleResolvers: true,
})
class ExpertView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  adminId!: string;

  @Field(() => IdScalar)
  unionId!: string;

  @Field(() => String, { description: '领域: 焊接.' })
  field!: string;

  @Field(() => InstantScalar)
  registeredAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'Since when she is on the register no more.' })
  removedAt!: Date | null;

  @Field(() => String, { description: 'The name of the account.' })
  name(@Ctx() context: AdminContext): Promise<string> {
    return loader(context, adminNameLoader).load(this.adminId);
  }
}

const ExpertConnection = connectionType(ExpertView, 'InnovationExpert');

@ArgsType()
class ExpertsArgs extends PageArgs {
  @Field(() => IdScalar)
  unionId!: string;

  @Field(() => String, { nullable: true, description: 'Only those of this field.' })
  field?: string | null;
}

@ArgsType()
class RegisterExpertArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  unionId!: string;

  @Field(() => IdScalar, { description: 'An admin who may score in the union, as with the role of a judge.' })
  adminId!: string;

  @Field(() => String, { description: `As achievements name it, 焊接: 1 to ${LONGEST_FIELD} characters on one line.` })
  field!: string;
}

const RegisterExpertResult = resultType('RegisterExpert', ExpertView);
const RemoveExpertResult = resultType('RemoveExpert', ExpertView);

/** The register of experts. */
@Resolver()
export class AdminExpertsResolver {
  @Permission('achievements:read')
  @Query(() => ExpertConnection, {
    description: 'The register of a union of your branches, in the order of registering; none for any other id.',
  })
  async innovationExperts(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => ExpertsArgs) { unionId, field, ...args }: ExpertsArgs,
  ): Promise<Connection<ExpertView>> {
    const page = pageAsked(args);
    const scope = await unionInScope(deps.db.manager, caller, 'achievements:read', unionId);
    const filter = { unionId, field: field ? normaliseField(field) : undefined };
    const none: Page<Expert> = { items: [], hasNextPage: false };
    const found = scope.ok ? await expertsOf(deps.db.manager, filter, page) : none;
    return connection(found, ({ id }) => id, expertView);
  }

  @Permission('achievements:check')
  @Mutation(() => RegisterExpertResult, {
    description: `Registers an admin as an expert of a field, to be invited by inviteExperts to seasons of the union and of those below. Refusals: UNION_UNKNOWN, TEXT_LENGTH, JUDGE_UNFIT, EXPERT_REGISTERED, ${KEY_REFUSALS}.`,
  })
  async registerExpert(
    @Ctx() context: AdminContext,
    @Args(() => RegisterExpertArgs) { key, unionId, adminId, field }: RegisterExpertArgs,
  ): Promise<ExpertView | RefusalView> {
    return expert(context, await registerExpert(context.deps, context.caller, key, { unionId, adminId, field }));
  }

  @Permission('achievements:check')
  @Mutation(() => RemoveExpertResult, {
    description: `Takes an expert off the register; panels on which she is stay as they are. Refusals: EXPERT_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  async removeExpert(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('expertId', () => IdScalar) expertId: string,
  ): Promise<ExpertView | RefusalView> {
    return expert(context, await removeExpert(context.deps, context.caller, key, { expertId }));
  }
}

function expert(context: AdminContext, outcome: Outcome): Promise<ExpertView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => expertInScope(deps.db.manager, caller, 'achievements:check', id);
  return answer(context, outcome, find, expertView);
}

function expertView({ id, operatorId, unionId, field, registeredAt, removedAt }: Expert): ExpertView {
  return Object.assign(new ExpertView(), { id, adminId: operatorId, unionId, field, registeredAt, removedAt });
}
