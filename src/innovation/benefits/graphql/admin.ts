import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { acceptBenefit } from '../accept-benefit.ts';
import { auditBenefit } from '../audit-benefit.ts';
import type { BenefitState } from '../benefit.entity.ts';
import { claimBenefitFor } from '../claim-benefit.ts';
import { LONGEST_NOTE, LONGEST_REASON } from '../limits.ts';
import { benefitsIn } from '../queries.ts';
import { declineBenefit, returnBenefit } from '../return-benefit.ts';
import { benefitInScope } from '../scope.ts';
import { BenefitConnection, BenefitView, benefitView } from './admin-views.ts';
import { CLAIM_REFUSALS, ClaimBenefitArgs } from './claim-args.ts';
import { BenefitStateWord } from './words.ts';

const ClaimBenefitResult = resultType('ClaimBenefit', BenefitView);
const AuditBenefitResult = resultType('AuditBenefit', BenefitView);
const ReturnBenefitResult = resultType('ReturnBenefit', BenefitView);
const DeclineBenefitResult = resultType('DeclineBenefit', BenefitView);
const AcceptBenefitResult = resultType('AcceptBenefit', BenefitView);

const REASON = { description: `1 to ${LONGEST_REASON} characters; who claimed it reads it.` };

@ArgsType()
class BenefitsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'The top of the branch to look at; else all of yours.' })
  unionId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Only those of achievements of this season.' })
  seasonId?: string | null;

  @Field(() => BenefitStateWord, { nullable: true })
  state?: BenefitState | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Only those whose achievement is not on a list of rewards.',
  })
  notRewarded!: boolean;
}

/** What achievements of the caller's branches have brought. */
@Resolver()
export class AdminBenefitsResolver {
  @Permission('achievements:read')
  @Query(() => BenefitConnection, {
    description: 'The benefits of achievements of your branches, the one claimed first last.',
  })
  async benefits(
    @Ctx() context: AdminContext,
    @Args(() => BenefitsArgs) { unionId, seasonId, state, notRewarded, ...page }: BenefitsArgs,
  ): Promise<Connection<BenefitView>> {
    const asked = pageAsked(page);
    const within = await branches(context, 'achievements:read', unionId);
    const filter = { branches: within, seasonId: seasonId ?? undefined, state: state ?? undefined, notRewarded };
    const found = await benefitsIn(context.deps.db.manager, filter, asked);
    return connection(found, ({ id }) => id, benefitView);
  }

  @Permission('achievements:read')
  @Query(() => BenefitView, { nullable: true, description: 'A benefit in your branches; null for any other id.' })
  async benefit(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<BenefitView | null> {
    const found = await benefitInScope(deps.db.manager, caller, 'achievements:read', id);
    return found.ok ? benefitView(found.value) : null;
  }

  @Permission('achievements:declare')
  @Mutation(() => ClaimBenefitResult, {
    description: `Claims the benefit of an achievement for the firm, or once more after it was returned. Refusals: ${CLAIM_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async claimBenefit(
    @Ctx() context: AdminContext,
    @Args(() => ClaimBenefitArgs) { key, ...input }: ClaimBenefitArgs,
  ): Promise<BenefitView | RefusalView> {
    return shown(context, 'achievements:declare', await claimBenefitFor(context.deps, context.caller, key, input));
  }

  @Permission('benefits:audit')
  @Mutation(() => AuditBenefitResult, {
    description: `Says what a claimed benefit comes to, by another person than the claimer and no author. Refusals: BENEFIT_UNKNOWN, PERSON_NEEDED, OWN_BENEFIT, BENEFIT_NOT_CLAIMED, SECOND_PERSON_NEEDED, BENEFIT_ABOVE_CLAIMED, NOTE_NEEDED, ${KEY_REFUSALS}.`,
  })
  async auditBenefit(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('benefitId', () => IdScalar) benefitId: string,
    @Arg('fen', () => FenScalar, { description: 'From 1 to what was claimed.' }) fen: number,
    @Arg('note', () => String, { description: `What was found, 1 to ${LONGEST_NOTE} characters.` }) note: string,
  ): Promise<BenefitView | RefusalView> {
    const input = { benefitId, fen, note };
    return shown(context, 'benefits:audit', await auditBenefit(context.deps, context.caller, key, input));
  }

  @Permission('benefits:audit')
  @Mutation(() => ReturnBenefitResult, {
    description: `Returns a benefit that was claimed or audited to who claimed it, with what is missing. Refusals: BENEFIT_UNKNOWN, PERSON_NEEDED, OWN_BENEFIT, BENEFIT_SETTLED, SECOND_PERSON_NEEDED, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async returnBenefit(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('benefitId', () => IdScalar) benefitId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<BenefitView | RefusalView> {
    const input = { benefitId, reason };
    return shown(context, 'benefits:audit', await returnBenefit(context.deps, context.caller, key, input));
  }

  @Permission('benefits:audit')
  @Mutation(() => DeclineBenefitResult, {
    description: `Declines a benefit that was claimed or audited, for good. Refusals: BENEFIT_UNKNOWN, PERSON_NEEDED, OWN_BENEFIT, BENEFIT_SETTLED, SECOND_PERSON_NEEDED, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async declineBenefit(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('benefitId', () => IdScalar) benefitId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<BenefitView | RefusalView> {
    const input = { benefitId, reason };
    return shown(context, 'benefits:audit', await declineBenefit(context.deps, context.caller, key, input));
  }

  @Permission('benefits:accept')
  @Mutation(() => AcceptBenefitResult, {
    description: `Accepts a benefit that was audited, by a person who has neither claimed nor audited it and is no author. The contract that covers today rewards it. Refusals: BENEFIT_UNKNOWN, PERSON_NEEDED, OWN_BENEFIT, BENEFIT_NOT_AUDITED, SECOND_PERSON_NEEDED, BENEFIT_ABOVE_AUDITED, ${KEY_REFUSALS}.`,
  })
  async acceptBenefit(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('benefitId', () => IdScalar) benefitId: string,
    @Arg('fen', () => FenScalar, { description: 'From 1 to what the audit found.' }) fen: number,
  ): Promise<BenefitView | RefusalView> {
    const input = { benefitId, fen };
    return shown(context, 'benefits:accept', await acceptBenefit(context.deps, context.caller, key, input));
  }
}

/** What a mutation of a benefit answers with: the benefit read anew. */
function shown(context: AdminContext, permission: string, outcome: Outcome): Promise<BenefitView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => benefitInScope(deps.db.manager, caller, permission, id);
  return answer(context, outcome, find, benefitView);
}
