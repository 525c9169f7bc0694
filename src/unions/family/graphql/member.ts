import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { declareChild } from '../declare-child.ts';
import type { ChildState, MemberChild } from '../member-child.entity.ts';
import { childrenOf } from '../queries.ts';
import { childUnknown } from '../refusals.ts';
import { withdrawChild } from '../withdraw-child.ts';
import { ChildStateWord } from './words.ts';

@ObjectType('Child', {
  description: '子女: a child of yours, kept for milestones (e.g. school entry) as long as you consent.',
  simpleResolvers: true,
})
class ChildView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => DayScalar, { description: '出生日期' })
  birthDate!: string;

  @Field(() => String, { nullable: true, description: 'What you call the child, e.g. 老大.' })
  nameHint!: string | null;

  @Field(() => ChildStateWord)
  state!: ChildState;

  @Field(() => InstantScalar, { description: 'When you consented.' })
  consentedAt!: Date;
}

@ObjectType('WithdrawnChild', { description: 'A child of whom nothing is kept any more.', simpleResolvers: true })
class WithdrawnChildView {
  @Field(() => IdScalar, { description: 'The id that the child had.' })
  id!: string;
}

const DeclareChildResult = resultType('DeclareChild', ChildView);
const WithdrawChildResult = resultType('WithdrawChild', WithdrawnChildView);

function childView({ id, birthDate, nameHint, state, consentedAt }: MemberChild): ChildView {
  return Object.assign(new ChildView(), { id, birthDate, nameHint, state, consentedAt });
}

/** What a member lets the union know of her family. */
@Resolver()
export class MemberFamilyResolver {
  @Query(() => [ChildView], { description: 'The children whom you have declared, 10 at the most, oldest entry first.' })
  @Permission('self')
  async children(@Ctx() { deps, caller }: MemberContext): Promise<ChildView[]> {
    return (await childrenOf(deps.db.manager, caller.memberId)).map(childView);
  }

  @Mutation(() => DeclareChildResult, {
    description: `Declares a child of yours, which your union then confirms. The family data is used for milestones only and is deleted when the consent is withdrawn (withdrawChild). Refusals: CONSENT_NEEDED, NAME_HINT_MALFORMED, DAY_IN_FUTURE, CHILD_TOO_OLD (more than 18 years), CHILD_REPEATED, CHILDREN_TOO_MANY (10), CHILD_UNKNOWN (sent again after it was withdrawn), ${KEY_REFUSALS}.`,
  })
  @Permission('self')
  async declareChild(
    @Ctx() { deps, caller, language }: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('birthDate', () => DayScalar, { description: 'Not later than today; at most 18 years ago.' })
    birthDate: string,
    @Arg('consent', () => Boolean, { description: 'That you agree to its being kept for milestones.' })
    consent: boolean,
    @Arg('nameHint', () => String, {
      nullable: true,
      description: 'What you call the child, e.g. 老大; 1 to 20 characters. Needed to tell twins apart.',
    })
    nameHint: string | null = null,
  ): Promise<ChildView | RefusalView> {
    const declared = await declareChild(deps, caller, key, { birthDate, nameHint, consent });
    if (!declared.ok) return refusalView(declared.refusal, language);
    const child = (await childrenOf(deps.db.manager, caller.memberId)).find(({ id }) => id === declared.value);
    return child ? childView(child) : refusalView(childUnknown, language);
  }

  @Mutation(() => WithdrawChildResult, {
    description: `Withdraws your consent: what is known of the child is deleted at once. Points that were paid stay yours. Refusals: CHILD_UNKNOWN, ${KEY_REFUSALS}.`,
  })
  @Permission('self')
  async withdrawChild(
    @Ctx() { deps, caller, language }: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('childId', () => IdScalar) childId: string,
  ): Promise<WithdrawnChildView | RefusalView> {
    const withdrawn = await withdrawChild(deps, caller, key, { childId });
    if (!withdrawn.ok) return refusalView(withdrawn.refusal, language);
    return Object.assign(new WithdrawnChildView(), { id: withdrawn.value });
  }
}
