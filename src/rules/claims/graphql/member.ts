import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { programmesOfMemberLoader } from '../../../unions/loaders.ts';
import { MOST_DECLARED_TYPES } from '../../event-types/event-type.ts';
import { READY_MADE } from '../../event-types/ready-made.ts';
import type { ClaimState } from '../claim.entity.ts';
import { claimableTypes } from '../claimable-types.ts';
import { claimOfMember, claimsOfMember } from '../queries.ts';
import { claimUnknown } from '../refusals.ts';
import { resubmitClaim } from '../resubmit-claim.ts';
import { submitClaim } from '../submit-claim.ts';
import { withdrawClaim } from '../withdraw-claim.ts';
import { claimContent, ResubmitClaimArgs, SubmitClaimArgs } from './member-inputs.ts';
import {
  ClaimableEventTypeView,
  ClaimConnection,
  ClaimView,
  claimableEventTypeView,
  claimView,
} from './member-views.ts';
import { ClaimStateWord } from './words.ts';

const SubmitClaimResult = resultType('SubmitClaim', ClaimView);
const ResubmitClaimResult = resultType('ResubmitClaim', ClaimView);
const WithdrawClaimResult = resultType('WithdrawClaim', ClaimView);

const CONTENT_REFUSALS =
  'MEMBER_NOT_ACTIVE, PROGRAMME_UNKNOWN, EVENT_TYPE_NOT_CLAIMABLE, DAY_IN_FUTURE, DAY_BEFORE_BIRTH, ATTRIBUTE_MALFORMED, ATTRIBUTE_MISSING, ATTRIBUTE_UNKNOWN, NOTE_TOO_LONG, EVIDENCE_NEEDED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT, CLAIM_REPEATED (the same is claimed and not settled), CLAIM_ALREADY_RECORDED, CLAIMS_TOO_MANY (20 are not settled)';

/** What a member reports for herself. */
@Resolver()
export class MemberClaimsResolver {
  @Permission('self')
  @Query(() => [ClaimableEventTypeView], {
    description: `What you can claim in a programme of yours, with the form for each; ${READY_MADE.length + MOST_DECLARED_TYPES} at the most. Empty for any other programme.`,
  })
  async claimableEventTypes(
    @Ctx() context: MemberContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
  ): Promise<ClaimableEventTypeView[]> {
    const { deps, caller, language } = context;
    const programmes = await loader(context, programmesOfMemberLoader).load(caller.memberId);
    if (!programmes.some((programme) => programme.id === programmeId)) return [];
    const types = await claimableTypes(deps.db.manager, programmeId, deps.clock.now());
    return types.map((type) => claimableEventTypeView(type, language));
  }

  @Permission('self')
  @Query(() => ClaimConnection, { description: 'What you have claimed, newest first.' })
  async claims(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => ClaimStateWord, { nullable: true }) state?: ClaimState | null,
  ): Promise<Connection<ClaimView>> {
    const filter = { memberId: caller.memberId, state: state ?? undefined };
    const claims = await claimsOfMember(deps.db.manager, filter, pageAsked(page));
    return connection(claims, (claim) => claim.id, claimView);
  }

  @Permission('self')
  @Query(() => ClaimView, { nullable: true, description: 'A claim of yours; null for any other id.' })
  async claim(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<ClaimView | null> {
    const claim = await claimOfMember(deps.db.manager, caller.memberId, id);
    return claim && claimView(claim);
  }

  @Permission('self')
  @Mutation(() => SubmitClaimResult, {
    description: `Claims an event for yourself. Your union answers by the claim’s dueOn; where the rules ask for no approval it is approved at once. Refusals: ${CONTENT_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async submitClaim(
    @Ctx() context: MemberContext,
    @Args(() => SubmitClaimArgs) args: SubmitClaimArgs,
  ): Promise<ClaimView | RefusalView> {
    const { deps, caller, language } = context;
    const { key, programmeId, eventType } = args;
    const content = claimContent(args);
    if (!content.ok) return refusalView(content.refusal, language);
    return shownClaim(context, await submitClaim(deps, caller, key, { programmeId, eventType, ...content.value }));
  }

  @Permission('self')
  @Mutation(() => ResubmitClaimResult, {
    description: `Submits a claim of yours again that was returned, mended by the reason that its last step tells. Give all of it anew: what is not given is no longer part of it. Refusals: CLAIM_UNKNOWN, CLAIM_NOT_RETURNED, ${CONTENT_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async resubmitClaim(
    @Ctx() context: MemberContext,
    @Args(() => ResubmitClaimArgs) args: ResubmitClaimArgs,
  ): Promise<ClaimView | RefusalView> {
    const { deps, caller, language } = context;
    const { key, claimId } = args;
    const content = claimContent(args);
    if (!content.ok) return refusalView(content.refusal, language);
    return shownClaim(context, await resubmitClaim(deps, caller, key, { claimId, ...content.value }));
  }

  @Permission('self')
  @Mutation(() => WithdrawClaimResult, {
    description: `Takes back a claim of yours that is not approved yet. Its files may be attached to another claim for 24 hours. Refusals: CLAIM_UNKNOWN, CLAIM_DECIDED (approved or withdrawn already), ${KEY_REFUSALS}.`,
  })
  async withdrawClaim(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('claimId', () => IdScalar) claimId: string,
  ): Promise<ClaimView | RefusalView> {
    return shownClaim(context, await withdrawClaim(context.deps, context.caller, key, { claimId }));
  }
}

async function shownClaim(
  { deps, caller, language }: MemberContext,
  outcome: Outcome,
): Promise<ClaimView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  const claim = await claimOfMember(deps.db.manager, caller.memberId, outcome.value);
  return claim ? claimView(claim) : refusalView(claimUnknown, language);
}
