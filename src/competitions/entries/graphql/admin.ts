import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { branchesOf } from '../../../identity/queries.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection, type Page, type PageRequest } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, branches } from '../../../unions/graphql/admin-answers.ts';
import { CompetitionView, competitionView } from '../../plan/graphql/admin-views.ts';
import { competitionInScope, competitionToRead } from '../../plan/scope.ts';
import { enterFirm } from '../enter-firm.ts';
import type { Entry } from '../entry.entity.ts';
import { setEvidence } from '../evidence/set-evidence.ts';
import { entriesOf, quotasOf } from '../queries.ts';
import { entryInScope } from '../scope.ts';
import { setQuota } from '../set-quota.ts';
import { substituteMember } from '../substitute-member.ts';
import { withdrawEntry } from '../withdraw-entry.ts';
import {
  EnterFirmArgs,
  EntriesArgs,
  SetEntryEvidenceArgs,
  SetQuotaArgs,
  SubstituteMemberArgs,
} from './admin-inputs.ts';
import { EntryConnection, EntryView, entryView, QuotaConnection, type QuotaView, quotaView } from './admin-views.ts';

const EnterFirmResult = resultType('EnterFirm', EntryView);
const WithdrawEntryResult = resultType('WithdrawEntry', EntryView);
const SubstituteMemberResult = resultType('SubstituteMember', EntryView);
const SetEntryEvidenceResult = resultType('SetEntryEvidence', EntryView);
const SetEntryQuotaResult = resultType('SetEntryQuota', CompetitionView);

const CHANGING = 'ENTRY_UNKNOWN, ENTRY_WITHDRAWN, CHANGES_CLOSED, COMPETITION_OVER';
const NONE = { items: [], hasNextPage: false };

/** Who entered the competitions of the caller's branches. */
@Resolver()
export class AdminEntriesResolver {
  @Permission('competitions:read')
  @Query(() => EntryConnection, {
    description:
      'The entries of a competition from your branches, in the order in which they were made; empty for a competition that you cannot read.',
  })
  async entries(
    @Ctx() context: AdminContext,
    @Args(() => EntriesArgs) args: EntriesArgs,
  ): Promise<Connection<EntryView>> {
    return connection(await entriesRead(context, args, pageAsked(args)), (one) => one.id, entryView);
  }

  @Permission('competitions:read')
  @Query(() => EntryView, { nullable: true, description: 'An entry from your branches; null for any other id.' })
  async entry(@Ctx() { deps, caller }: AdminContext, @Arg('id', () => IdScalar) id: string): Promise<EntryView | null> {
    const found = await entryInScope(deps.db.manager, caller, 'competitions:read', id);
    return found.ok ? entryView(found.value.entry) : null;
  }

  @Permission('competitions:read')
  @Query(() => QuotaConnection, {
    description: 'The quotas of a competition; empty for one that you cannot read, or where there are none.',
  })
  async entryQuotas(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('competitionId', () => IdScalar) competitionId: string,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<QuotaView>> {
    const page = pageAsked(args);
    const found = await competitionToRead(deps.db.manager, caller, competitionId);
    const quotas = found.ok ? await quotasOf(deps.db.manager, competitionId, page) : NONE;
    return connection(quotas, (one) => one.unionId, quotaView);
  }

  @Permission('competitions:write')
  @Mutation(() => EnterFirmResult, {
    description: `Enters a firm of your branch into a competition of firms, by the server’s clock. Refusals: UNION_UNKNOWN, COMPETITION_UNKNOWN, COMPETITION_OVER, ENTRY_NOT_OPEN, ENTRY_CLOSED, ENTRANT_OTHER, FIRM_NOT_DESCRIBED, ALREADY_ENTERED, DIVISION_UNKNOWN, NO_STAGE_HERE, NOT_ELIGIBLE, QUOTA_FULL; ${KEY_REFUSALS}.`,
  })
  async enterFirm(
    @Ctx() context: AdminContext,
    @Args(() => EnterFirmArgs) { key, competitionId, divisionId = null, unionId }: EnterFirmArgs,
  ): Promise<EntryView | RefusalView> {
    const asked = { competitionId, divisionId, unionId };
    return entry(context, await enterFirm(context.deps, context.caller, key, asked));
  }

  @Permission('competitions:write')
  @Mutation(() => WithdrawEntryResult, {
    description: `退赛: withdraws an entry of your branch; its place is free again. Refusals: ${CHANGING}; ${KEY_REFUSALS}.`,
  })
  async withdrawEntry(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('entryId', () => IdScalar) entryId: string,
  ): Promise<EntryView | RefusalView> {
    return entry(context, await withdrawEntry(context.deps, context.caller, key, { entryId }));
  }

  @Permission('competitions:write')
  @Mutation(() => SubstituteMemberResult, {
    description: `换人: puts a member in the place of somebody of a team, in the same role; a substitute steps up. Refusals: ${CHANGING}, ENTRY_OF_NO_TEAM, NOT_IN_ENTRY, MEMBER_UNKNOWN, MEMBER_REPEATED, MEMBER_NOT_ACTIVE, MEMBER_OF_OTHER_FIRM, ALREADY_ENTERED, NOT_ELIGIBLE; ${KEY_REFUSALS}.`,
  })
  async substituteMember(
    @Ctx() context: AdminContext,
    @Args(() => SubstituteMemberArgs) { key, ...given }: SubstituteMemberArgs,
  ): Promise<EntryView | RefusalView> {
    return entry(context, await substituteMember(context.deps, context.caller, key, given));
  }

  @Permission('competitions:write')
  @Mutation(() => SetEntryEvidenceResult, {
    description: `参赛材料: says which files of yours are evidence of an entry of your branch, for its judges; those of its captain stay. Until the judges begin to score it; for a later stage files can be added, and none taken away. Refusals: ENTRY_UNKNOWN, ENTRY_WITHDRAWN, COMPETITION_OVER, EVIDENCE_CLOSED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT; ${KEY_REFUSALS}.`,
  })
  async setEntryEvidence(
    @Ctx() context: AdminContext,
    @Args(() => SetEntryEvidenceArgs) { key, ...given }: SetEntryEvidenceArgs,
  ): Promise<EntryView | RefusalView> {
    return entry(context, await setEvidence(context.deps, context.caller, key, given));
  }

  @Permission('competitions:write')
  @Mutation(() => SetEntryQuotaResult, {
    description: `Says how many entries of a competition may come from a union’s branch; an entry counts in the quotas of all unions above it. Refusals: COMPETITION_UNKNOWN, COMPETITION_OVER, UNION_UNKNOWN, QUOTA_OUT_OF_RANGE, QUOTA_BELOW_ENTERED; ${KEY_REFUSALS}.`,
  })
  async setEntryQuota(
    @Ctx() context: AdminContext,
    @Args(() => SetQuotaArgs) { key, competitionId, unionId, atMost = null }: SetQuotaArgs,
  ): Promise<CompetitionView | RefusalView> {
    const { deps, caller } = context;
    const outcome = await setQuota(deps, caller, key, { competitionId, unionId, atMost });
    const find = (id: string) => competitionInScope(deps.db.manager, caller, 'competitions:write', id);
    return answer(context, outcome, find, (found) => competitionView(found.competition));
  }
}

/** Entries of one branch: the union asked, or the caller's own. */
async function entriesRead(context: AdminContext, args: EntriesArgs, page: PageRequest): Promise<Page<Entry>> {
  const { deps, caller } = context;
  const { competitionId, divisionId, unionId, state } = args;
  const found = await competitionToRead(deps.db.manager, caller, competitionId);
  const unionPaths = unionId
    ? await branches(context, 'competitions:read', unionId)
    : branchesOf(caller, 'competitions:read');
  if (!found.ok || unionPaths.length === 0) return NONE;
  const filter = { competitionId, unionPaths, ...(divisionId && { divisionId }), ...(state && { state }) };
  return entriesOf(deps.db.manager, filter, page);
}

/** What a mutation of an entry answers with: the entry read anew. */
async function entry(context: AdminContext, outcome: Outcome): Promise<EntryView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => entryInScope(deps.db.manager, caller, 'competitions:write', id);
  return answer(context, outcome, find, (found) => entryView(found.entry));
}
