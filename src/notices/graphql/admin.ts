import { Arg, Args, ArgsType, Ctx, Field, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { beijingDay } from '../../platform/clock.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { answer, branches } from '../../unions/graphql/admin-answers.ts';
import { type Decision, decideObjection } from '../decide-objection.ts';
import { LONGEST_REASON } from '../limits.ts';
import type { NoticeKind, NoticeState } from '../notice.entity.ts';
import { noticesOf, objectionCursor, unionIdsIn, waitingObjections } from '../queries.ts';
import { noticeInScope, objectionInScope } from '../scope.ts';
import { ObjectionConnection, ObjectionView, objectionView } from './admin-objection-views.ts';
import { NoticeConnection, NoticeView, noticeView } from './admin-views.ts';
import { DecisionWord, NoticeKindWord, NoticeStateWord } from './words.ts';

const DecideObjectionResult = resultType('DecideObjection', ObjectionView);

@ArgsType()
class OfBranchArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only notices of the branch of this union.' })
  unionId?: string | null;
}

@ArgsType()
class NoticesArgs extends OfBranchArgs {
  @Field(() => NoticeKindWord, { nullable: true, description: 'Only notices of this kind.' })
  kind?: NoticeKind | null;

  @Field(() => NoticeStateWord, { nullable: true, description: 'Only notices in this state.' })
  state?: NoticeState | null;
}

@ArgsType()
class WaitingObjectionsArgs extends OfBranchArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Only objections whose day is over.' })
  overdue!: boolean;
}

@ArgsType()
class DecideObjectionArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  objectionId!: string;

  @Field(() => DecisionWord)
  decision!: Decision;

  @Field(() => String, {
    description: `Why, 1 to ${LONGEST_REASON} characters: all who see the notice read it, so name nobody.`,
  })
  reason!: string;
}

/** The notices of a branch and the objections on which it decides. */
@Resolver()
export class AdminNoticesResolver {
  @Permission('notices:read')
  @Query(() => NoticeConnection, { description: 'The notices of your branches, all versions, newest first.' })
  async notices(
    @Ctx() context: AdminContext,
    @Args(() => NoticesArgs) { unionId, kind, state, ...page }: NoticesArgs,
  ): Promise<Connection<NoticeView>> {
    const { manager } = context.deps.db;
    const unionIds = await unionIdsIn(manager, await branches(context, 'notices:read', unionId));
    const filter = { unionIds, kind: kind ?? undefined, state: state ?? undefined };
    return connection(await noticesOf(manager, filter, pageAsked(page)), (notice) => notice.id, noticeView);
  }

  @Permission('notices:read')
  @Query(() => NoticeView, { nullable: true, description: 'A notice of your branches; null for any other id.' })
  async notice(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<NoticeView | null> {
    const found = await noticeInScope(deps.db.manager, caller, 'notices:read', id);
    return found.ok ? noticeView(found.value) : null;
  }

  @Permission('notices:read')
  @Query(() => ObjectionConnection, {
    description:
      'The objections to notices of your branches that wait for a decision, the one that is due first at the top. Those that were decided stand with their notice.',
  })
  async waitingObjections(
    @Ctx() context: AdminContext,
    @Args(() => WaitingObjectionsArgs) { unionId, overdue, ...page }: WaitingObjectionsArgs,
  ): Promise<Connection<ObjectionView>> {
    const { db, clock } = context.deps;
    const unionIds = await unionIdsIn(db.manager, await branches(context, 'notices:read', unionId));
    const filter = { unionIds, overdueOn: overdue ? beijingDay(clock.now()) : undefined };
    return connection(await waitingObjections(db.manager, filter, pageAsked(page)), objectionCursor, objectionView);
  }

  @Permission('notices:decide')
  @Mutation(() => DecideObjectionResult, {
    description: `Decides on an objection to a notice of your branch; the reason is public. One that is UPHELD keeps the notice from being final until a new version of it answers the objection. Refusals: PERSON_NEEDED (API tokens), OBJECTION_UNKNOWN, OBJECTION_DECIDED (decided, withdrawn or moot already), OWN_OBJECTION, OWN_LINE (you stand in the line, or, where it names none, anywhere on the notice), REASON_MISSING, ${KEY_REFUSALS}.`,
  })
  async decideObjection(
    @Ctx() context: AdminContext,
    @Args(() => DecideObjectionArgs) { key, ...decided }: DecideObjectionArgs,
  ): Promise<ObjectionView | RefusalView> {
    const { deps, caller } = context;
    const outcome = await decideObjection(deps, caller, key, decided);
    const find = (id: string) => objectionInScope(deps.db.manager, caller, 'notices:decide', id);
    return answer(context, outcome, find, ({ objection }) => objectionView(objection));
  }
}
