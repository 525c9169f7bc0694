import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { idsOnPath } from '../../unions/queries.ts';
import { memberStandings } from '../../unions/standing.ts';
import { fileObjection } from '../file-objection.ts';
import { LONGEST_TEXT, MOST_OBJECTIONS } from '../limits.ts';
import type { NoticeKind, NoticeState } from '../notice.entity.ts';
import { noticesOf, objectionOfMember } from '../queries.ts';
import { objectionUnknown } from '../refusals.ts';
import { noticeOfMember } from '../scope.ts';
import { withdrawObjection } from '../withdraw-objection.ts';
import { ObjectionView, objectionView } from './member-objection-views.ts';
import { NoticeConnection, NoticeView, noticeView } from './member-views.ts';
import { NoticeKindWord, NoticeStateWord } from './words.ts';

const FileObjectionResult = resultType('FileObjection', ObjectionView);
const WithdrawObjectionResult = resultType('WithdrawObjection', ObjectionView);

@ArgsType()
class NoticesArgs extends PageArgs {
  @Field(() => NoticeKindWord, { nullable: true, description: 'Only notices of this kind.' })
  kind?: NoticeKind | null;

  @Field(() => NoticeStateWord, { nullable: true, description: 'Only notices in this state.' })
  state?: NoticeState | null;
}

@ArgsType()
class FileObjectionArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  noticeId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the line to which you object; left out for the notice as a whole.',
  })
  lineNumber?: number | null;

  @Field(() => String, { description: `What is wrong and why: 1 to ${LONGEST_TEXT} characters.` })
  text!: string;

  @Field(() => [IdScalar], {
    defaultValue: [],
    description: 'The evidence, nine files at the most: the evidenceId that PUT /uploads/evidence answered, of each.',
  })
  evidenceIds!: string[];
}

/** The notices that a member sees, and her objections. */
@Resolver()
export class MemberNoticesResolver {
  @Permission('self')
  @Query(() => NoticeConnection, {
    description: 'The notices of your union and of those above it, all versions, newest first.',
  })
  async notices(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => NoticesArgs) { kind, state, ...page }: NoticesArgs,
  ): Promise<Connection<NoticeView>> {
    const standing = (await memberStandings(deps.db.manager, [caller.memberId])).get(caller.memberId);
    const unionIds = idsOnPath(standing?.unionPath ?? '');
    const filter = { unionIds, kind: kind ?? undefined, state: state ?? undefined };
    return connection(await noticesOf(deps.db.manager, filter, pageAsked(page)), (notice) => notice.id, noticeView);
  }

  @Permission('self')
  @Query(() => NoticeView, {
    nullable: true,
    description: 'A notice of your union or of one above it; null for any other id.',
  })
  async notice(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<NoticeView | null> {
    const found = await noticeOfMember(deps.db.manager, caller.memberId, id);
    return found.ok ? noticeView(found.value) : null;
  }

  @Permission('self')
  @Mutation(() => FileObjectionResult, {
    description: `Objects to a notice that is open, to one of its lines or to the whole of it, until it closes. The union decides by the objection’s dueOn, and the notice is not final before. Of you others see the masked name, and the decision with its reason, not what you say. Refusals: NOTICE_UNKNOWN, NOTICE_NOT_OPEN (final, withdrawn or replaced by a new version), OBJECTION_PERIOD_OVER, LINE_UNKNOWN, TEXT_MALFORMED, OBJECTION_REPEATED (one of yours to the same waits), OBJECTIONS_TOO_MANY (${MOST_OBJECTIONS} to this notice), EVIDENCE_UNKNOWN, EVIDENCE_COUNT, ${KEY_REFUSALS}.`,
  })
  async fileObjection(
    @Ctx() context: MemberContext,
    @Args(() => FileObjectionArgs) { key, noticeId, lineNumber, text, evidenceIds }: FileObjectionArgs,
  ): Promise<ObjectionView | RefusalView> {
    const objection = { noticeId, lineNumber: lineNumber ?? null, text, evidenceIds };
    return shownObjection(context, await fileObjection(context.deps, context.caller, key, objection));
  }

  @Permission('self')
  @Mutation(() => WithdrawObjectionResult, {
    description: `Takes back an objection of yours that is not decided yet. Its files may be attached to another for 24 hours. Refusals: OBJECTION_UNKNOWN, OBJECTION_DECIDED (decided or withdrawn already), ${KEY_REFUSALS}.`,
  })
  async withdrawObjection(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('objectionId', () => IdScalar) objectionId: string,
  ): Promise<ObjectionView | RefusalView> {
    return shownObjection(context, await withdrawObjection(context.deps, context.caller, key, { objectionId }));
  }
}

async function shownObjection(
  { deps, caller, language }: MemberContext,
  outcome: Outcome,
): Promise<ObjectionView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  const objection = await objectionOfMember(deps.db.manager, caller.memberId, outcome.value);
  return objection ? objectionView(objection, caller.memberId) : refusalView(objectionUnknown, language);
}
