import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { StudioView } from '../../studios/graphql/admin-views.ts';
import { LONGEST_FIELD, LONGEST_REASON } from '../../studios/limits.ts';
import type { AllianceState } from '../alliance.entity.ts';
import { joinAlliance, leaveAlliance } from '../change-members.ts';
import { endAlliance } from '../end-alliance.ts';
import { foundAlliance } from '../found-alliance.ts';
import { LONGEST_NAME, MOST_MEMBER_STUDIOS } from '../limits.ts';
import { alliancesOfStudioLoader } from '../loaders.ts';
import { ALLIANCES_SHOWN, alliancesIn } from '../queries.ts';
import { allianceInScope } from '../scope.ts';
import { AllianceConnection, AllianceView, allianceView } from './admin-views.ts';
import { AllianceStateWord } from './words.ts';

const FoundAllianceResult = resultType('FoundAlliance', AllianceView);
const JoinAllianceResult = resultType('JoinAlliance', AllianceView);
const LeaveAllianceResult = resultType('LeaveAlliance', AllianceView);
const EndAllianceResult = resultType('EndAlliance', AllianceView);

@ArgsType()
class AlliancesArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only those of the branch of this union.' })
  unionId?: string | null;

  @Field(() => AllianceStateWord, { nullable: true, description: 'Only those in this state.' })
  state?: AllianceState | null;
}

@ArgsType()
class FoundAllianceArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar, { description: 'The union in whose branch all its studios are.' })
  unionId!: string;

  @Field(() => String, { description: `1 to ${LONGEST_NAME} characters on one line, once in its union.` })
  name!: string;

  @Field(() => String, { description: `领域: 1 to ${LONGEST_FIELD} characters on one line.` })
  field!: string;

  @Field(() => IdScalar, { description: '牵头工作室: none of the member studios.' })
  leadStudioId!: string;

  @Field(() => [IdScalar], { description: `成员工作室: 1 to ${MOST_MEMBER_STUDIOS}, each once.` })
  memberStudioIds!: string[];
}

/** The alliances of a studio. */
@Resolver(() => StudioView)
export class AdminStudioAlliancesResolver {
  @FieldResolver(() => [AllianceView], {
    description: `The alliances that it leads or is a member of now, the newest first; the newest ${ALLIANCES_SHOWN}.`,
  })
  async alliances(@Root() studio: StudioView, @Ctx() context: AdminContext): Promise<AllianceView[]> {
    return (await loader(context, alliancesOfStudioLoader).load(studio.id)).map(allianceView);
  }
}

/** Alliances of studios. */
@Resolver()
export class AdminAlliancesResolver {
  @Permission('studios:read')
  @Query(() => AllianceConnection, { description: 'The alliances of your branches, newest first.' })
  async alliances(
    @Ctx() context: AdminContext,
    @Args(() => AlliancesArgs) { unionId, state, ...page }: AlliancesArgs,
  ): Promise<Connection<AllianceView>> {
    const asked = pageAsked(page);
    const within = await branches(context, 'studios:read', unionId);
    const found = await alliancesIn(context.deps.db.manager, within, state ?? undefined, asked);
    return connection(found, ({ id }) => id, allianceView);
  }

  @Permission('studios:read')
  @Query(() => AllianceView, { nullable: true, description: 'An alliance of your branches; null for any other id.' })
  async alliance(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<AllianceView | null> {
    const found = await allianceInScope(deps.db.manager, caller, 'studios:read', id);
    return found.ok ? allianceView(found.value.alliance) : null;
  }

  @Permission('studios:write')
  @Mutation(() => FoundAllianceResult, {
    description: `Founds an alliance of studios of your branch. Refusals: UNION_UNKNOWN, TEXT_LENGTH, MEMBER_STUDIOS_COUNT, ALLIANCE_NAME_TAKEN; with the place, "memberStudioIds.3", ALLIANCE_WITH_ITSELF, STUDIO_REPEATED, STUDIO_UNKNOWN, STUDIO_DISSOLVED; ${KEY_REFUSALS}.`,
  })
  async foundAlliance(
    @Ctx() context: AdminContext,
    @Args(() => FoundAllianceArgs) { key, ...input }: FoundAllianceArgs,
  ): Promise<AllianceView | RefusalView> {
    return shown(context, await foundAlliance(context.deps, context.caller, key, input));
  }

  @Permission('studios:write')
  @Mutation(() => JoinAllianceResult, {
    description: `Takes a studio into an alliance from today. Refusals: ALLIANCE_UNKNOWN, ALLIANCE_ENDED, STUDIO_UNKNOWN, STUDIO_DISSOLVED, ALLIANCE_WITH_ITSELF, STUDIO_REPEATED, MEMBER_STUDIOS_COUNT, ${KEY_REFUSALS}.`,
  })
  async joinAlliance(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('allianceId', () => IdScalar) allianceId: string,
    @Arg('studioId', () => IdScalar) studioId: string,
  ): Promise<AllianceView | RefusalView> {
    return shown(context, await joinAlliance(context.deps, context.caller, key, { allianceId, studioId }));
  }

  @Permission('studios:write')
  @Mutation(() => LeaveAllianceResult, {
    description: `Lets a member studio go from an alliance today. Refusals: ALLIANCE_UNKNOWN, ALLIANCE_ENDED, STUDIO_NOT_IN_ALLIANCE, ${KEY_REFUSALS}.`,
  })
  async leaveAlliance(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('allianceId', () => IdScalar) allianceId: string,
    @Arg('studioId', () => IdScalar) studioId: string,
  ): Promise<AllianceView | RefusalView> {
    return shown(context, await leaveAlliance(context.deps, context.caller, key, { allianceId, studioId }));
  }

  @Permission('studios:write')
  @Mutation(() => EndAllianceResult, {
    description: `Ends an alliance for good; all its studios leave it. Refusals: ALLIANCE_UNKNOWN, ALLIANCE_ENDED, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async endAlliance(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('allianceId', () => IdScalar) allianceId: string,
    @Arg('reason', () => String, { description: `1 to ${LONGEST_REASON} characters.` }) reason: string,
  ): Promise<AllianceView | RefusalView> {
    return shown(context, await endAlliance(context.deps, context.caller, key, { allianceId, reason }));
  }
}

/** What a mutation of an alliance answers with: the alliance read anew. */
function shown(context: AdminContext, outcome: Outcome): Promise<AllianceView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => allianceInScope(deps.db.manager, caller, 'studios:write', id);
  return answer(context, outcome, find, ({ alliance }) => allianceView(alliance));
}
