import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Shortfall } from '../../../ledger/transfer.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { type ProgrammePolicy, policyOf } from '../policy.ts';
import { setProgrammePolicy } from '../set-policy.ts';
import { OverspentWord } from './words.ts';

@ObjectType('ProgrammePolicy', {
  description: 'What a programme lays down for its rules, claims, corrections, offers and merchants.',
  simpleResolvers: true,
})
class ProgrammePolicyView implements ProgrammePolicy {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => OverspentWord)
  overspent!: Shortfall;

  @Field(() => PointsScalar, {
    description: 'What one admin may adjust by hand for one member in a month in Beijing before a second must confirm.',
  })
  adjustmentLimit!: Points;

  @Field(() => Int, { description: 'Days within which a claim is to be decided.' })
  claimDueDays!: number;

  @Field(() => Boolean, { description: 'Whether a rule is published by another admin than the one who drafted it.' })
  secondPublisher!: boolean;

  @Field(() => Boolean, {
    description: 'Whether an offer goes on sale only when another admin than the one who submitted it has approved it.',
  })
  reviewOffers!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether a merchant is signed only when another admin than the one who entered its application has approved it.',
  })
  reviewMerchants!: boolean;
}

@ArgsType()
class SetProgrammePolicyArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => OverspentWord, { nullable: true })
  overspent?: Shortfall | null;

  @Field(() => PointsScalar, {
    nullable: true,
    description:
      '0 to 1,000,000: what one admin may adjust for one member in a month; with 0 a second always confirms.',
  })
  adjustmentLimit?: Points | null;

  @Field(() => Int, { nullable: true, description: 'Days within which a claim is to be decided: 1 to 60.' })
  claimDueDays?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a rule is published by another admin than the one who drafted it.',
  })
  secondPublisher?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether an offer goes on sale only when another admin than the one who submitted it has approved it.',
  })
  reviewOffers?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a merchant is signed only when another admin than the one who entered its application has approved it.',
  })
  reviewMerchants?: boolean | null;
}

const SetProgrammePolicyResult = resultType('SetProgrammePolicy', ProgrammePolicyView);

@Resolver()
export class AdminPolicyResolver {
  @Permission('programmes:read')
  @Query(() => ProgrammePolicyView, {
    nullable: true,
    description:
      'What a programme of your branch lays down for rules, claims, corrections, offers and merchants; null for any other.',
  })
  async programmePolicy(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
  ): Promise<ProgrammePolicyView | null> {
    const programme = await programmeInScope(deps.db.manager, caller, 'programmes:read', programmeId);
    return programme.ok ? programmePolicyView(programmeId, await policyOf(deps.db.manager, programmeId)) : null;
  }

  @Permission('programmes:write')
  @Mutation(() => SetProgrammePolicyResult, {
    description: `Lays down what a programme of your branch does from now on; what is not given stays as it is. Refusals: PROGRAMME_UNKNOWN, TERM_OUT_OF_RANGE (\`at\` names the term), ${KEY_REFUSALS}.`,
  })
  async setProgrammePolicy(
    @Ctx() { deps, caller, language }: AdminContext,
    @Args(() => SetProgrammePolicyArgs) { key, programmeId, ...terms }: SetProgrammePolicyArgs,
  ): Promise<ProgrammePolicyView | RefusalView> {
    const set = await setProgrammePolicy(deps, caller, key, {
      programmeId,
      overspent: terms.overspent ?? undefined,
      adjustmentLimit: terms.adjustmentLimit ?? undefined,
      claimDueDays: terms.claimDueDays ?? undefined,
      secondPublisher: terms.secondPublisher ?? undefined,
      reviewOffers: terms.reviewOffers ?? undefined,
      reviewMerchants: terms.reviewMerchants ?? undefined,
    });
    if (!set.ok) return refusalView(set.refusal, language);
    return programmePolicyView(programmeId, await policyOf(deps.db.manager, programmeId));
  }
}

function programmePolicyView(programmeId: string, policy: ProgrammePolicy): ProgrammePolicyView {
  return Object.assign(new ProgrammePolicyView(), { programmeId, ...policy });
}
