import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { addMember } from '../add-member.ts';
import { changeLeader } from '../change-leader.ts';
import { createStudio } from '../create-studio.ts';
import { describeStudio } from '../describe-studio.ts';
import { normaliseField } from '../description.ts';
import { dissolveStudio } from '../dissolve-studio.ts';
import { studiosIn } from '../queries.ts';
import { changeDuty, removeMember } from '../remove-member.ts';
import { studioInScope } from '../scope.ts';
import { ChangeLeaderArgs, DutyArgs, REASON, StudioInput, StudioLeaderInput, StudiosArgs } from './admin-inputs.ts';
import { StudioConnection, StudioView, studioView } from './admin-views.ts';

const CreateStudioResult = resultType('CreateStudio', StudioView);
const DescribeStudioResult = resultType('DescribeStudio', StudioView);
const AddStudioMemberResult = resultType('AddStudioMember', StudioView);
const ChangeStudioDutyResult = resultType('ChangeStudioDuty', StudioView);
const RemoveStudioMemberResult = resultType('RemoveStudioMember', StudioView);
const ChangeStudioLeaderResult = resultType('ChangeStudioLeader', StudioView);
const DissolveStudioResult = resultType('DissolveStudio', StudioView);

const STUDIO_REFUSALS = 'STUDIO_UNKNOWN, STUDIO_DISSOLVED';
const LEADER_REFUSALS =
  'MEMBER_UNKNOWN, MEMBER_NOT_ACTIVE, ALREADY_IN_STUDIO, LEADER_UNSKILLED (no level of 高级工 or higher on record), EVIDENCE_NEEDED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT';

/** Innovation studios, and who is in them. */
@Resolver()
export class AdminStudiosResolver {
  @Permission('studios:read')
  @Query(() => StudioConnection, {
    description: 'The studios of your branches, newest first; of one union’s branch when unionId is given.',
  })
  async studios(
    @Ctx() context: AdminContext,
    @Args(() => StudiosArgs) { unionId, state, field, tag, level, ...page }: StudiosArgs,
  ): Promise<Connection<StudioView>> {
    const asked = pageAsked(page);
    const within = await branches(context, 'studios:read', unionId);
    const filter = {
      state: state ?? undefined,
      field: field == null ? undefined : normaliseField(field),
      tag: tag ?? undefined,
      namedAt: level ?? undefined,
    };
    const found = await studiosIn(context.deps.db.manager, within, filter, asked);
    return connection(found, ({ id }) => id, studioView);
  }

  @Permission('studios:read')
  @Query(() => StudioView, { nullable: true, description: 'A studio of your branches; null for any other id.' })
  async studio(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<StudioView | null> {
    const found = await studioInScope(deps.db.manager, caller, 'studios:read', id);
    return found.ok ? studioView(found.value.studio) : null;
  }

  @Permission('studios:write')
  @Mutation(() => CreateStudioResult, {
    description: `Founds a studio at the firm of a union, led by one of its members. Refusals: UNION_UNKNOWN, TEXT_LENGTH, TAGS_TOO_MANY, STUDIO_NAME_TAKEN, ${LEADER_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async createStudio(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('unionId', () => IdScalar) unionId: string,
    @Arg('studio', () => StudioInput) studio: StudioInput,
    @Arg('leader', () => StudioLeaderInput) leader: StudioLeaderInput,
  ): Promise<StudioView | RefusalView> {
    const input = { unionId, studio: { ...studio }, leader: { ...leader } };
    return shown(context, await createStudio(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => DescribeStudioResult, {
    description: `Describes a studio anew, all of it. Refusals: ${STUDIO_REFUSALS}, TEXT_LENGTH, TAGS_TOO_MANY, STUDIO_NAME_TAKEN, ${KEY_REFUSALS}.`,
  })
  async describeStudio(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('studioId', () => IdScalar) studioId: string,
    @Arg('studio', () => StudioInput) studio: StudioInput,
  ): Promise<StudioView | RefusalView> {
    const input = { studioId, studio: { ...studio } };
    return shown(context, await describeStudio(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => AddStudioMemberResult, {
    description: `Takes a member of the branch into a studio from today; a member is in one studio at a time. Refusals: ${STUDIO_REFUSALS}, TEXT_LENGTH, MEMBER_UNKNOWN, MEMBER_NOT_ACTIVE, ALREADY_IN_STUDIO, MEMBERS_TOO_MANY, ${KEY_REFUSALS}.`,
  })
  async addStudioMember(
    @Ctx() context: AdminContext,
    @Args(() => DutyArgs) { key, ...input }: DutyArgs,
  ): Promise<StudioView | RefusalView> {
    return shown(context, await addMember(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => ChangeStudioDutyResult, {
    description: `Gives a member of a studio another duty. Refusals: ${STUDIO_REFUSALS}, NOT_IN_STUDIO, IS_LEADER, TEXT_LENGTH, ${KEY_REFUSALS}.`,
  })
  async changeStudioDuty(
    @Ctx() context: AdminContext,
    @Args(() => DutyArgs) { key, ...input }: DutyArgs,
  ): Promise<StudioView | RefusalView> {
    return shown(context, await changeDuty(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => RemoveStudioMemberResult, {
    description: `Ends a member’s part in a studio today; that she was part of it stays on record. Refusals: ${STUDIO_REFUSALS}, NOT_IN_STUDIO, IS_LEADER (change the leader first), ${KEY_REFUSALS}.`,
  })
  async removeStudioMember(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('studioId', () => IdScalar) studioId: string,
    @Arg('memberId', () => IdScalar) memberId: string,
  ): Promise<StudioView | RefusalView> {
    return shown(context, await removeMember(context.deps, context.caller, key, { studioId, memberId }));
  }

  @Permission('studios:write')
  @Mutation(() => ChangeStudioLeaderResult, {
    description: `Puts a studio under another leader; the one before becomes a member or leaves. Refusals: ${STUDIO_REFUSALS}, REASON_NEEDED, TEXT_LENGTH, LEADER_UNCHANGED, ${LEADER_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async changeStudioLeader(
    @Ctx() context: AdminContext,
    @Args(() => ChangeLeaderArgs) { key, leader, formerDuty = null, ...given }: ChangeLeaderArgs,
  ): Promise<StudioView | RefusalView> {
    const input = { ...given, leader: { ...leader }, formerDuty };
    return shown(context, await changeLeader(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => DissolveStudioResult, {
    description: `Dissolves a studio for good: everybody leaves it, it leaves its alliances, and its names and applications are withdrawn. Refusals: ${STUDIO_REFUSALS}, REASON_NEEDED, STUDIO_LEADS_ALLIANCE, ${KEY_REFUSALS}.`,
  })
  async dissolveStudio(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('studioId', () => IdScalar) studioId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<StudioView | RefusalView> {
    return shown(context, await dissolveStudio(context.deps, context.caller, key, { studioId, reason }));
  }
}

/** What a mutation of a studio answers with: the studio read anew. */
function shown(context: AdminContext, outcome: Outcome): Promise<StudioView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => studioInScope(deps.db.manager, caller, 'studios:write', id);
  return answer(context, outcome, find, ({ studio }) => studioView(studio));
}
