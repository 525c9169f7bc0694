import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { branchesOf } from '../../../identity/queries.ts';
import { beijingDay } from '../../../platform/clock.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer } from '../../../unions/graphql/admin-answers.ts';
import { approveClaim } from '../approve-claim.ts';
import type { ClaimState } from '../claim.entity.ts';
import { LONGEST_NOTE } from '../limits.ts';
import { claimCursor, claimsIn } from '../queries.ts';
import { findReminder } from '../reminders.ts';
import { returnClaim } from '../return-claim.ts';
import { claimInScope } from '../scope.ts';
import { ClaimConnection, ClaimReminderView, ClaimView, claimReminderView, claimView } from './admin-views.ts';
import { ClaimStateWord } from './words.ts';

const ApproveClaimResult = resultType('ApproveClaim', ClaimView);
const ReturnClaimResult = resultType('ReturnClaim', ClaimView);

@ArgsType()
class ClaimsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only claims in this programme.' })
  programmeId?: string | null;

  @Field(() => ClaimStateWord, {
    nullable: true,
    description: 'Only claims in this state; when not given, those that wait for an approver: SUBMITTED and PASSED.',
  })
  state?: ClaimState | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Only claims that wait and whose day is over.' })
  overdue!: boolean;
}

/** The claims on which a branch decides. */
@Resolver()
export class AdminClaimsResolver {
  @Permission('claims:read')
  @Query(() => ClaimConnection, {
    description:
      'The claims of members of your branches that wait, the one that is due first at the top; of those in another state the one that was due last.',
  })
  async claims(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => ClaimsArgs) { programmeId, state, overdue, ...page }: ClaimsArgs,
  ): Promise<Connection<ClaimView>> {
    const filter = {
      branches: branchesOf(caller, 'claims:read'),
      programmeId: programmeId ?? undefined,
      state: state ?? undefined,
      overdue,
      today: beijingDay(deps.clock.now()),
    };
    return connection(await claimsIn(deps.db.manager, filter, pageAsked(page)), claimCursor, claimView);
  }

  @Permission('claims:read')
  @Query(() => ClaimView, {
    nullable: true,
    description: 'A claim of a member of your branches; null for any other id.',
  })
  async claim(@Ctx() { deps, caller }: AdminContext, @Arg('id', () => IdScalar) id: string): Promise<ClaimView | null> {
    const found = await claimInScope(deps.db.manager, caller, 'claims:read', id);
    return found.ok ? claimView(found.value.claim) : null;
  }

  @Permission('claims:approve')
  @Query(() => ClaimReminderView, {
    nullable: true,
    description: 'What you are reminded of today; null when no claims waited for you, and before it was counted.',
  })
  async claimReminder(@Ctx() { deps, caller }: AdminContext): Promise<ClaimReminderView | null> {
    if (caller.operatorId === null) return null;
    const reminder = await findReminder(deps.db.manager, caller.operatorId, beijingDay(deps.clock.now()));
    return reminder ? claimReminderView(reminder) : null;
  }

  @Permission('claims:approve')
  @Mutation(() => ApproveClaimResult, {
    description: `Approves a claim of a member of your branch: its event is recorded and earns what the rules give, seconds later. With TWO_LEVELS the first approval makes it PASSED and the second must come from another person who holds the permission at the union of the programme or above. Refusals: PERSON_NEEDED (API tokens), CLAIM_UNKNOWN, CLAIM_DECIDED, OWN_CLAIM, MEMBER_LEFT, MEMBER_OUTSIDE_PROGRAMME, SECOND_PERSON_NEEDED, HIGHER_LEVEL_NEEDED, ${KEY_REFUSALS}.`,
  })
  async approveClaim(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('claimId', () => IdScalar) claimId: string,
  ): Promise<ClaimView | RefusalView> {
    return shownClaim(context, await approveClaim(context.deps, context.caller, key, { claimId }));
  }

  @Permission('claims:approve')
  @Mutation(() => ReturnClaimResult, {
    description: `Returns a claim of a member of your branch, who reads the reason, mends the claim and submits it again; all levels are then asked anew. Refusals: PERSON_NEEDED (API tokens), CLAIM_UNKNOWN, CLAIM_DECIDED, OWN_CLAIM, REASON_MISSING, ${KEY_REFUSALS}.`,
  })
  async returnClaim(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('claimId', () => IdScalar) claimId: string,
    @Arg('reason', () => String, { description: `What is missing or wrong: 1 to ${LONGEST_NOTE} characters.` })
    reason: string,
  ): Promise<ClaimView | RefusalView> {
    return shownClaim(context, await returnClaim(context.deps, context.caller, key, { claimId, reason }));
  }
}

function shownClaim(context: AdminContext, outcome: Outcome): Promise<ClaimView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => claimInScope(deps.db.manager, caller, 'claims:approve', id);
  return answer(context, outcome, find, ({ claim }) => claimView(claim));
}
