import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../graphql/admin-answers.ts';
import { memberInScope } from '../../scope.ts';
import { confirmChild } from '../confirm-child.ts';
import type { ChildState, MemberChild } from '../member-child.entity.ts';
import { childrenOf } from '../queries.ts';
import { childInScope } from '../scope.ts';
import { ChildStateWord } from './words.ts';

@ObjectType('Child', {
  description:
    '子女: a child that a member has declared, to be used for milestones only, as long as the member consents.',
  simpleResolvers: true,
})
class ChildView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The parent.' })
  memberId!: string;

  @Field(() => DayScalar, { description: '出生日期' })
  birthDate!: string;

  @Field(() => String, { nullable: true, description: 'What the parent calls the child, e.g. 老大.' })
  nameHint!: string | null;

  @Field(() => ChildStateWord)
  state!: ChildState;

  @Field(() => InstantScalar, { description: 'When the member consented.' })
  consentedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Who confirmed it: operator:<id> or api-token:<id>.' })
  confirmedBy!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  confirmedAt!: Date | null;
}

const ConfirmChildResult = resultType('ConfirmChild', ChildView);

function childView(child: MemberChild): ChildView {
  const { id, memberId, birthDate, nameHint, state, consentedAt, confirmedBy, confirmedAt } = child;
  const shown = { id, memberId, birthDate, nameHint, state, consentedAt, confirmedBy, confirmedAt };
  return Object.assign(new ChildView(), shown);
}

/** The children whom members of the caller's branches have declared. */
@Resolver()
export class AdminFamilyResolver {
  @Query(() => [ChildView], {
    description:
      'The children whom a member of your branches has declared, 10 at the most, oldest entry first; empty for any other member.',
  })
  @Permission('members:read')
  async children(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('memberId', () => IdScalar) memberId: string,
  ): Promise<ChildView[]> {
    const { manager } = deps.db;
    const member = await memberInScope(manager, caller, 'members:read', memberId);
    return member.ok ? (await childrenOf(manager, memberId)).map(childView) : [];
  }

  @Mutation(() => ConfirmChildResult, {
    description: `Confirms that a member of your branch has this child, so that its milestones are paid. Confirming again changes nothing. Refusals: CHILD_UNKNOWN, OWN_FAMILY, ${KEY_REFUSALS}.`,
  })
  @Permission('claims:approve')
  async confirmChild(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('childId', () => IdScalar) childId: string,
  ): Promise<ChildView | RefusalView> {
    const { deps, caller } = context;
    const outcome = await confirmChild(deps, caller, key, { childId });
    const find = (id: string) => childInScope(deps.db.manager, caller, 'claims:approve', id);
    return answer(context, outcome, find, ({ child }) => childView(child));
  }
}
