import { Arg, Args, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { adminAnswer } from '../../identity/graphql/admin.ts';
import { AdminView } from '../../identity/graphql/admin-views.ts';
import { Permission } from '../../identity/permission.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { linkAdminToMember } from '../link-admin-to-member.ts';
import type { MemberState } from '../member.entity.ts';
import { moveMember } from '../move-member.ts';
import { membersIn } from '../queries.ts';
import { memberInScope } from '../scope.ts';
import { setMemberState } from '../set-member-state.ts';
import { tagMembers } from '../tag-members.ts';
import { normaliseTag, type Tagging } from '../tags.ts';
import { unbindMember } from '../unbind-member.ts';
import { untagMembers } from '../untag-members.ts';
import { answer, branches } from './admin-answers.ts';
import { MemberConnection, MemberView, memberView } from './admin-views.ts';
import { MemberStateWord } from './words.ts';

@ObjectType('MemberTagging', {
  description: '标签: which members were to get or to lose a tag; all of them have it now, or none.',
  simpleResolvers: true,
})
class MemberTaggingView implements Tagging {
  @Field(() => String, { description: 'The tag as it is kept.' })
  tag!: string;

  @Field(() => [IdScalar], { description: 'The members who were named, 500 at the most.' })
  memberIds!: string[];
}

const SetMemberStateResult = resultType('SetMemberState', MemberView);
const MoveMemberResult = resultType('MoveMember', MemberView);
const UnbindMemberResult = resultType('UnbindMember', MemberView);
const TagMembersResult = resultType('TagMembers', MemberTaggingView);
const UntagMembersResult = resultType('UntagMembers', MemberTaggingView);
const LinkAdminToMemberResult = resultType('LinkAdminToMember', AdminView);

const TAG = { description: '1 to 40 characters on one line, no space at either end, e.g. 劳模; 20 for a member.' };
const MEMBER_IDS = { description: '1 to 500 members of your branches.' };
const TAG_REFUSALS = 'TAG_MALFORMED, MEMBER_COUNT, MEMBER_UNKNOWN (`at` names the place, "memberIds.3")';

async function member(context: AdminContext, outcome: Outcome): Promise<MemberView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => memberInScope(deps.db.manager, caller, 'members:write', id), memberView);
}

function tagging(
  { language }: AdminContext,
  outcome: Outcome,
  { tag, memberIds }: Tagging,
): MemberTaggingView | RefusalView {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  return Object.assign(new MemberTaggingView(), { tag: normaliseTag(tag), memberIds });
}

/** The members on the rolls of the caller's branches, and what is written down of them. */
@Resolver()
export class AdminMembersResolver {
  @Query(() => MemberConnection, {
    description: "Members of your branches, in order of enrolment; of one union's branch when unionId is given.",
  })
  @Permission('members:read')
  async members(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('unionId', () => IdScalar, { nullable: true }) unionId?: string | null,
    @Arg('search', () => String, { nullable: true, description: 'How the name or the staff number begins.' })
    search?: string | null,
    @Arg('state', () => MemberStateWord, { nullable: true }) state?: MemberState | null,
    @Arg('tag', () => String, { nullable: true, description: 'Only members who have this tag.' }) tag?: string | null,
  ): Promise<Connection<MemberView>> {
    const asked = pageAsked(page);
    const within = await branches(context, 'members:read', unionId);
    const filter = {
      branches: within,
      search: search?.trim() || undefined,
      state: state ?? undefined,
      tag: normaliseTag(tag ?? '').trim() || undefined,
    };
    const found = await membersIn(context.deps.db.manager, filter, asked);
    return connection(found, (one) => one.id, memberView);
  }

  @Query(() => MemberView, { nullable: true, description: 'A member of your branches; null for any other id.' })
  @Permission('members:read')
  async member(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<MemberView | null> {
    const found = await memberInScope(deps.db.manager, caller, 'members:read', id);
    return found.ok ? memberView(found.value) : null;
  }

  @Mutation(() => SetMemberStateResult, {
    description: `Freezes a member, lets them take part again, or records that they left, which signs them out. Refusals: MEMBER_UNKNOWN, REASON_MISSING, ${KEY_REFUSALS}.`,
  })
  @Permission('members:write')
  async setMemberState(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('id', () => IdScalar) id: string,
    @Arg('state', () => MemberStateWord) state: MemberState,
    @Arg('reason', () => String, { description: '1 to 200 characters; kept in the audit record.' }) reason: string,
  ): Promise<MemberView | RefusalView> {
    return member(context, await setMemberState(context.deps, context.caller, key, { id, state, reason }));
  }

  @Mutation(() => MoveMemberResult, {
    description: `Moves a member to another of your unions. Points stay in the programmes in which they were earned. Refusals: MEMBER_UNKNOWN, UNION_UNKNOWN (unionId), STAFF_NUMBER_TAKEN, ${KEY_REFUSALS}.`,
  })
  @Permission('members:write')
  async moveMember(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('id', () => IdScalar) id: string,
    @Arg('unionId', () => IdScalar) unionId: string,
  ): Promise<MemberView | RefusalView> {
    return member(context, await moveMember(context.deps, context.caller, key, { id, unionId }));
  }

  @Mutation(() => UnbindMemberResult, {
    description: `Parts a member from their WeChat account and signs them out, so that they can bind another. Refusals: MEMBER_UNKNOWN, NOT_BOUND, ${KEY_REFUSALS}.`,
  })
  @Permission('members:write')
  async unbindMember(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<MemberView | RefusalView> {
    return member(context, await unbindMember(context.deps, context.caller, key, { id }));
  }

  @Mutation(() => TagMembersResult, {
    description: `Gives members a tag, by which lists and rules find them: all of them or none; who has it keeps it. Refusals: ${TAG_REFUSALS}, TAGS_TOO_MANY (likewise), ${KEY_REFUSALS}.`,
  })
  @Permission('members:write')
  async tagMembers(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('tag', () => String, TAG) tag: string,
    @Arg('memberIds', () => [IdScalar], MEMBER_IDS) memberIds: string[],
  ): Promise<MemberTaggingView | RefusalView> {
    const input = { tag, memberIds };
    return tagging(context, await tagMembers(context.deps, context.caller, key, input), input);
  }

  @Mutation(() => UntagMembersResult, {
    description: `Takes a tag from members, from all of them or none; who has it not is passed over. Refusals: ${TAG_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  @Permission('members:write')
  async untagMembers(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('tag', () => String, TAG) tag: string,
    @Arg('memberIds', () => [IdScalar], MEMBER_IDS) memberIds: string[],
  ): Promise<MemberTaggingView | RefusalView> {
    const input = { tag, memberIds };
    return tagging(context, await untagMembers(context.deps, context.caller, key, input), input);
  }

  @Mutation(() => LinkAdminToMemberResult, {
    description: `Writes down which member an admin of your branch is, or with null that they are none, so that they decide on no claim of their own. Refusals: OWN_ACCOUNT, ADMIN_UNKNOWN, BEYOND_YOUR_BRANCH, MEMBER_UNKNOWN (memberId), ${KEY_REFUSALS}.`,
  })
  @Permission('admins:write')
  async linkAdminToMember(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('adminId', () => IdScalar) adminId: string,
    @Arg('memberId', () => IdScalar, {
      nullable: true,
      description: 'A member of your branches; without it the link is undone.',
    })
    memberId: string | null = null,
  ): Promise<AdminView | RefusalView> {
    return adminAnswer(context, await linkAdminToMember(context.deps, context.caller, key, { adminId, memberId }));
  }
}
