import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { unionIdsIn } from '../../../notices/queries.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { publishRound } from '../naming/publish-round.ts';
import { namingsGivenBy, roundsOf } from '../naming/queries.ts';
import { reviseRound, withdrawRound } from '../naming/revise-round.ts';
import { roundInScope } from '../naming/scope.ts';
import { REASON } from './admin-inputs.ts';
import { NamingRoundsArgs, NamingsArgs, PublishRoundArgs, ReviseRoundArgs } from './admin-naming-inputs.ts';
import {
  NamingConnection,
  NamingRoundConnection,
  NamingRoundView,
  type NamingView,
  namingRoundView,
  namingView,
} from './admin-naming-views.ts';

const PublishNamingRoundResult = resultType('PublishNamingRound', NamingRoundView);
const ReviseNamingRoundResult = resultType('ReviseNamingRound', NamingRoundView);
const WithdrawNamingRoundResult = resultType('WithdrawNamingRound', NamingRoundView);

/** How unions name studios, round by round. */
@Resolver()
export class AdminNamingRoundsResolver {
  @Permission('studios:read')
  @Query(() => NamingConnection, {
    description:
      'The names that unions of your branches give, and the applications for them, newest first: with state APPLIED what waits for a decision.',
  })
  async studioNamings(
    @Ctx() context: AdminContext,
    @Args(() => NamingsArgs) { unionId, level, state, ...page }: NamingsArgs,
  ): Promise<Connection<NamingView>> {
    const asked = pageAsked(page);
    const { manager } = context.deps.db;
    const namingUnionIds = await unionIdsIn(manager, await branches(context, 'studios:read', unionId));
    const filter = { namingUnionIds, level: level ?? undefined, state: state ?? undefined };
    return connection(await namingsGivenBy(manager, filter, asked), ({ id }) => id, namingView);
  }

  @Permission('studios:read')
  @Query(() => NamingRoundConnection, { description: 'The rounds of naming of your branches, newest first.' })
  async namingRounds(
    @Ctx() context: AdminContext,
    @Args(() => NamingRoundsArgs) { unionId, state, ...page }: NamingRoundsArgs,
  ): Promise<Connection<NamingRoundView>> {
    const asked = pageAsked(page);
    const { manager } = context.deps.db;
    const unionIds = await unionIdsIn(manager, await branches(context, 'studios:read', unionId));
    const found = await roundsOf(manager, { unionIds, state: state ?? undefined }, asked);
    return connection(found, ({ id }) => id, namingRoundView);
  }

  @Permission('studios:read')
  @Query(() => NamingRoundView, {
    nullable: true,
    description: 'A round of naming of your branches; null for any other id.',
  })
  async namingRound(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<NamingRoundView | null> {
    const found = await roundInScope(deps.db.manager, caller, 'studios:read', id);
    return found.ok ? namingRoundView(found.value) : null;
  }

  @Permission('studios:name')
  @Mutation(() => PublishNamingRoundResult, {
    description: `Accepts applications onto a list and puts that in public view. It becomes final by itself once the notice is over and no objection is open; its studios are named then. Refusals: UNION_UNKNOWN, LEVEL_NOT_OF_UNION, TEXT_LENGTH, NUMBER_OUT_OF_RANGE, LIST_LENGTH, PROGRAMME_UNKNOWN; with the place, "namingIds.3", NAMING_UNKNOWN (also of another level or union), NAMING_NOT_WAITING, OWN_STUDIO; ${KEY_REFUSALS}.`,
  })
  async publishNamingRound(
    @Ctx() context: AdminContext,
    @Args(() => PublishRoundArgs) { key, programmeId = null, ...given }: PublishRoundArgs,
  ): Promise<NamingRoundView | RefusalView> {
    return shown(context, await publishRound(context.deps, context.caller, key, { ...given, programmeId }));
  }

  @Permission('studios:name')
  @Mutation(() => ReviseNamingRoundResult, {
    description: `Publishes the next version of a list in notice without what is struck, which is declined so; it has a period of objections of its own and answers those that were upheld. Refusals: ROUND_UNKNOWN, ROUND_SETTLED, OWN_STUDIO (you are in one of its studios), REASON_NEEDED, NAMING_NOT_LISTED, NOTHING_LISTED, OBJECTION_UNANSWERED (a studio to which one was upheld would stay), ${KEY_REFUSALS}.`,
  })
  async reviseNamingRound(
    @Ctx() context: AdminContext,
    @Args(() => ReviseRoundArgs) { key, ...input }: ReviseRoundArgs,
  ): Promise<NamingRoundView | RefusalView> {
    return shown(context, await reviseRound(context.deps, context.caller, key, input));
  }

  @Permission('studios:name')
  @Mutation(() => WithdrawNamingRoundResult, {
    description: `Withdraws a list in notice as a whole; its applications wait for a decision again. Refusals: ROUND_UNKNOWN, ROUND_SETTLED, OWN_STUDIO, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async withdrawNamingRound(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('roundId', () => IdScalar) roundId: string,
    @Arg('reason', () => String, { description: `Members will read it. ${REASON.description}` }) reason: string,
  ): Promise<NamingRoundView | RefusalView> {
    return shown(context, await withdrawRound(context.deps, context.caller, key, { roundId, reason }));
  }
}

/** What a mutation of a round answers with: the round read anew. */
function shown(context: AdminContext, outcome: Outcome): Promise<NamingRoundView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => roundInScope(deps.db.manager, caller, 'studios:name', id);
  return answer(context, outcome, find, namingRoundView);
}
