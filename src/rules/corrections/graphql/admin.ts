import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { ActivityEvent } from '../../activity-event.entity.ts';
import { ActivityEventView, activityEventView } from '../../graphql/admin-views.ts';
import { adjustPoints } from '../adjust-points.ts';
import { Adjustment, type AdjustmentState } from '../adjustment.entity.ts';
import { confirmAdjustment } from '../confirm-adjustment.ts';
import { declineAdjustment } from '../decline-adjustment.ts';
import { adjustmentsOf } from '../queries.ts';
import { revokeEvent } from '../revoke-event.ts';
import { AdjustmentConnection, AdjustmentView, adjustmentView } from './admin-views.ts';
import { AdjustmentStateWord } from './words.ts';

const RevokeEventResult = resultType('RevokeEvent', ActivityEventView);
const AdjustPointsResult = resultType('AdjustPoints', AdjustmentView);
const ConfirmAdjustmentResult = resultType('ConfirmAdjustment', AdjustmentView);
const DeclineAdjustmentResult = resultType('DeclineAdjustment', AdjustmentView);

const DECIDING =
  'PERSON_NEEDED (an API token), ADJUSTMENT_UNKNOWN, ADJUSTMENT_DECIDED, SECOND_PERSON_NEEDED (you asked for it), OWN_ACCOUNT';

const REASON = { description: '1 to 300 characters on one line.' };

@ArgsType()
class AdjustPointsArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar, { description: 'A member whom the programme covers and who has not left.' })
  memberId!: string;

  @Field(() => PointsScalar, {
    description: 'What the member is to gain, 1 to 1,000,000; negative to take so many away.',
  })
  points!: Points;

  @Field(() => String, { description: `${REASON.description} The member reads it on the statement.` })
  reason!: string;

  @Field(() => [IdScalar], {
    description: 'The document that it rests on: 1 to 9 files, each as PUT /uploads/evidence answered it to you.',
  })
  evidenceIds!: string[];
}

/** Taking back and adjusting by hand. */
@Resolver()
export class AdminCorrectionsResolver {
  @Permission('events:revoke')
  @Mutation(() => RevokeEventResult, {
    description: `Takes back an event of a member of your branch, also one that came of a claim, with all that it earned: what was paid is reversed, what is pending falls away, and what the member has spent of it is owed or written off, as the programme's policy says. The same may then be recorded anew. Refusals: EVENT_UNKNOWN, OWN_ACCOUNT, REASON_MALFORMED, EVENT_REVOKED, ${KEY_REFUSALS}.`,
  })
  async revokeEvent(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('eventId', () => IdScalar) eventId: string,
    @Arg('reason', () => String, { description: `${REASON.description} The member reads it.` }) reason: string,
  ): Promise<ActivityEventView | RefusalView> {
    const revoked = await revokeEvent(deps, caller, key, { eventId, reason });
    if (!revoked.ok) return refusalView(revoked.refusal, language);
    return activityEventView(await deps.db.manager.findOneByOrFail(ActivityEvent, { id: revoked.value }));
  }

  @Permission('ledger:read')
  @Query(() => AdjustmentConnection, {
    description: 'Hand adjustments in a programme of your branch, newest first; empty for any other programme.',
  })
  async adjustments(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => AdjustmentStateWord, { nullable: true }) state?: AdjustmentState | null,
  ): Promise<Connection<AdjustmentView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const programme = await programmeInScope(manager, caller, 'ledger:read', programmeId);
    const found = programme.ok
      ? await adjustmentsOf(manager, { programmeId, state: state ?? undefined }, asked)
      : { items: [], hasNextPage: false };
    return connection(found, (one) => one.id, adjustmentView);
  }

  @Permission('points:adjust')
  @Mutation(() => AdjustPointsResult, {
    description: `Gives a member points by hand, or takes some, in a programme of your branch. Beyond what the programme's policy lets one admin move for one member in a month it is WAITING for a second admin. Refusals: PERSON_NEEDED (an API token), PROGRAMME_UNKNOWN, MEMBER_UNKNOWN, MEMBER_LEFT, OWN_ACCOUNT, POINTS_OUT_OF_RANGE, REASON_MALFORMED, EVIDENCE_NEEDED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT, NOT_ENOUGH_POINTS, OVER_BUDGET, ${KEY_REFUSALS}.`,
  })
  async adjustPoints(
    @Ctx() context: AdminContext,
    @Args(() => AdjustPointsArgs) { key, programmeId, memberId, points, reason, evidenceIds }: AdjustPointsArgs,
  ): Promise<AdjustmentView | RefusalView> {
    const asked = { programmeId, memberId, points, reason, evidenceIds };
    return shown(context, await adjustPoints(context.deps, context.caller, key, asked));
  }

  @Permission('points:adjust')
  @Mutation(() => ConfirmAdjustmentResult, {
    description: `Confirms, as the second admin, an adjustment that waits; the points are moved at once. Refusals: ${DECIDING}, MEMBER_UNKNOWN, MEMBER_LEFT, NOT_ENOUGH_POINTS, OVER_BUDGET, ${KEY_REFUSALS}.`,
  })
  async confirmAdjustment(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('adjustmentId', () => IdScalar) adjustmentId: string,
  ): Promise<AdjustmentView | RefusalView> {
    return shown(context, await confirmAdjustment(context.deps, context.caller, key, { adjustmentId }));
  }

  @Permission('points:adjust')
  @Mutation(() => DeclineAdjustmentResult, {
    description: `Declines, as the second admin, an adjustment that waits; nothing is moved. Refusals: ${DECIDING}, REASON_MALFORMED, ${KEY_REFUSALS}.`,
  })
  async declineAdjustment(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('adjustmentId', () => IdScalar) adjustmentId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<AdjustmentView | RefusalView> {
    return shown(context, await declineAdjustment(context.deps, context.caller, key, { adjustmentId, reason }));
  }
}

async function shown({ deps, language }: AdminContext, outcome: Outcome): Promise<AdjustmentView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return adjustmentView(await deps.db.manager.findOneByOrFail(Adjustment, { id: outcome.value }));
}
