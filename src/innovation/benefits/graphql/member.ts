import { Arg, Args, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/member-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { achievementOfMember } from '../../achievements/scope.ts';
import { type Benefit, type BenefitState, benefitTarget } from '../benefit.entity.ts';
import { claimBenefit } from '../claim-benefit.ts';
import { benefitsOf, findBenefit } from '../queries.ts';
import { CLAIM_REFUSALS, ClaimBenefitArgs } from './claim-args.ts';
import { BenefitStateWord } from './words.ts';

@ObjectType('Benefit', {
  description: '经济效益: what an achievement of yours has brought, and how far your union has looked at it.',
  simpleResolvers: true,
})
class BenefitView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  achievementId!: string;

  @Field(() => BenefitStateWord)
  state!: BenefitState;

  @Field(() => DayScalar, { description: 'The first day on which it came about.' })
  periodFrom!: BeijingDay;

  @Field(() => DayScalar, { description: 'The last day.' })
  periodUntil!: BeijingDay;

  @Field(() => String, { description: 'How it was reckoned.' })
  how!: string;

  @Field(() => FenScalar, { description: 'What was claimed.' })
  claimedFen!: number;

  @Field(() => InstantScalar, { description: 'When it was claimed last.' })
  claimedAt!: Date;

  @Field(() => FenScalar, { nullable: true, description: 'What the audit found; null before it.' })
  auditedFen!: number | null;

  @Field(() => String, { nullable: true, description: 'What the auditor says to it.' })
  auditNote!: string | null;

  @Field(() => FenScalar, { nullable: true, description: 'What counts; null before it is accepted.' })
  acceptedFen!: number | null;

  @Field(() => String, { nullable: true, description: 'With RETURNED: what is missing; with DECLINED: why.' })
  reason!: string | null;

  @Field(() => [EvidenceFileView], { description: 'The files that prove it, nine at the most.' })
  async evidence(@Ctx() context: MemberContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(benefitTarget(this.id))).map(evidenceFileView);
  }
}

const ClaimBenefitResult = resultType('ClaimBenefit', BenefitView);

/** What a member's achievements have brought. */
@Resolver()
export class MemberBenefitsResolver {
  @Permission('self')
  @Query(() => BenefitView, {
    nullable: true,
    description:
      'The benefit of an achievement that you are an author of; null while none is claimed, and for any other id.',
  })
  async achievementBenefit(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('achievementId', () => IdScalar) achievementId: string,
  ): Promise<BenefitView | null> {
    const { manager } = deps.db;
    const own = await achievementOfMember(manager, caller.memberId, achievementId);
    const benefit = own.ok ? (await benefitsOf(manager, [achievementId])).get(achievementId) : undefined;
    return benefit ? benefitView(benefit) : null;
  }

  @Permission('self')
  @Mutation(() => ClaimBenefitResult, {
    description: `Claims the benefit of an achievement that you declared, or once more after it was returned. Refusals: ${CLAIM_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async claimBenefit(
    @Ctx() { deps, caller, language }: MemberContext,
    @Args(() => ClaimBenefitArgs) { key, ...input }: ClaimBenefitArgs,
  ): Promise<BenefitView | RefusalView> {
    const outcome = await claimBenefit(deps, caller, key, input);
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return benefitView(await findBenefit(deps.db.manager, outcome.value));
  }
}

function benefitView(row: Benefit): BenefitView {
  const { id, achievementId, state, periodFrom, periodUntil, how, reason } = row;
  const { claimedFen, claimedAt, auditedFen, auditNote, acceptedFen } = row;
  return Object.assign(new BenefitView(), {
    ...{ id, achievementId, state, periodFrom, periodUntil, how, reason },
    ...{ claimedFen, claimedAt, auditedFen, auditNote, acceptedFen },
  });
}
