import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { limitAttempts } from '../../../identity/limits.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { SpokenError } from '../../../platform/graphql/errors.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { certificateOf } from '../certificate.ts';
import { enterIndividual } from '../enter-individual.ts';
import { enterTeam } from '../enter-team.ts';
import { setOwnEvidence } from '../evidence/set-evidence.ts';
import { findEntry, findOwnPart, partsOfMember } from '../queries.ts';
import { substituteColleague } from '../substitute-member.ts';
import { withdrawOwnEntry } from '../withdraw-entry.ts';
import { CertificateView, certificateView } from './member-certificate.ts';
import { EnterCompetitionArgs, EnterTeamArgs, SetEntryEvidenceArgs, SubstituteColleagueArgs } from './member-inputs.ts';
import { EntryView, entryView, OwnEntryConnection, OwnEntryView, ownEntryView } from './member-views.ts';

const EnterCompetitionResult = resultType('EnterCompetition', EntryView);
const EnterTeamResult = resultType('EnterTeam', EntryView);
const WithdrawEntryResult = resultType('WithdrawEntry', EntryView);
const SetEntryEvidenceResult = resultType('SetEntryEvidence', OwnEntryView);
const SubstituteColleagueResult = resultType('SubstituteColleague', EntryView);

const ENTERING =
  'COMPETITION_UNKNOWN, COMPETITION_OVER, ENTRY_NOT_OPEN, ENTRY_CLOSED, ENTRANT_OTHER, DIVISION_UNKNOWN, NO_STAGE_HERE, MEMBER_NOT_ACTIVE, ALREADY_ENTERED, NOT_ELIGIBLE, QUOTA_FULL';
const CHANGING = 'ENTRY_UNKNOWN, ENTRY_WITHDRAWN, CHANGES_CLOSED, COMPETITION_OVER';

/** What a member enters. */
@Resolver()
export class MemberEntriesResolver {
  @Permission('self')
  @Query(() => OwnEntryConnection, { description: 'The entries that you are or were part of, the newest first.' })
  async myEntries(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<OwnEntryView>> {
    const found = await partsOfMember(deps.db.manager, caller.memberId, pageAsked(page));
    return connection(found, ({ part }) => part.id, ownEntryView);
  }

  @Permission('self')
  @Query(() => CertificateView, {
    nullable: true,
    description:
      'What the certificate of this number says; null for a number of none. Asked too often: TOO_MANY_ATTEMPTS.',
  })
  async entryCertificate(
    @Ctx() { deps, limits, caller }: MemberContext,
    @Arg('number', () => String, {
      description: 'However it was typed: O for 0 and I for 1 are read as they are meant.',
    })
    number: string,
  ): Promise<CertificateView | null> {
    const allowed = await limitAttempts(limits, 'certificate-address', caller.memberId);
    if (!allowed.ok) throw new SpokenError(allowed.refusal.code, allowed.refusal.message);
    const found = await certificateOf(deps.db.manager, number);
    return found ? certificateView(found) : null;
  }

  @Permission('self')
  @Mutation(() => EnterCompetitionResult, {
    description: `Enters you into a competition of individuals, by the server’s clock. Refusals: ${ENTERING}; ${KEY_REFUSALS}.`,
  })
  async enterCompetition(
    @Ctx() context: MemberContext,
    @Args(() => EnterCompetitionArgs) { key, competitionId, divisionId = null }: EnterCompetitionArgs,
  ): Promise<EntryView | RefusalView> {
    return entry(context, await enterIndividual(context.deps, context.caller, key, { competitionId, divisionId }));
  }

  @Permission('self')
  @Mutation(() => EnterTeamResult, {
    description: `Enters a team of your firm whose captain you are; \`at\` names a colleague, "colleagues.2". Refusals: ${ENTERING}, TEAM_NAME_MALFORMED, TOO_MANY, COLLEAGUE_UNKNOWN, MEMBER_OF_OTHER_FIRM, MEMBER_REPEATED, TEAM_UNDER_STRENGTH, TEAM_TOO_LARGE, SUBSTITUTES_TOO_MANY; ${KEY_REFUSALS}.`,
  })
  async enterTeam(
    @Ctx() context: MemberContext,
    @Args(() => EnterTeamArgs) { key, competitionId, divisionId = null, name, colleagues }: EnterTeamArgs,
  ): Promise<EntryView | RefusalView> {
    const named = colleagues.map((one) => ({ ...one }));
    const team = { competitionId, divisionId, name, colleagues: named };
    return entry(context, await enterTeam(context.deps, context.caller, key, team));
  }

  @Permission('self')
  @Mutation(() => WithdrawEntryResult, {
    description: `退赛: withdraws your entry, or that of the team whose captain you are. Refusals: ${CHANGING}; ${KEY_REFUSALS}.`,
  })
  async withdrawEntry(
    @Ctx() context: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('entryId', () => IdScalar) entryId: string,
  ): Promise<EntryView | RefusalView> {
    return entry(context, await withdrawOwnEntry(context.deps, context.caller, key, { entryId }));
  }

  @Permission('self')
  @Mutation(() => SubstituteColleagueResult, {
    description: `换人: puts a colleague in the place of somebody of the team whose captain you are, in the same role; a substitute steps up. Refusals: ${CHANGING}, ENTRY_OF_NO_TEAM, NOT_IN_ENTRY, COLLEAGUE_UNKNOWN, MEMBER_REPEATED, MEMBER_NOT_ACTIVE, MEMBER_OF_OTHER_FIRM, ALREADY_ENTERED, NOT_ELIGIBLE; ${KEY_REFUSALS}.`,
  })
  async substituteColleague(
    @Ctx() context: MemberContext,
    @Args(() => SubstituteColleagueArgs) { key, ...given }: SubstituteColleagueArgs,
  ): Promise<EntryView | RefusalView> {
    return entry(context, await substituteColleague(context.deps, context.caller, key, given));
  }

  @Permission('self')
  @Mutation(() => SetEntryEvidenceResult, {
    description: `参赛材料: says which files of yours are evidence of your entry, or of the team whose captain you are, for its judges. Until they begin to score it; for a later stage files can be added, and none taken away. Refusals: ENTRY_UNKNOWN, ENTRY_WITHDRAWN, COMPETITION_OVER, EVIDENCE_CLOSED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT; ${KEY_REFUSALS}.`,
  })
  async setEntryEvidence(
    @Ctx() context: MemberContext,
    @Args(() => SetEntryEvidenceArgs) { key, ...given }: SetEntryEvidenceArgs,
  ): Promise<OwnEntryView | RefusalView> {
    return ownEntry(context, await setOwnEvidence(context.deps, context.caller, key, given));
  }
}

/** What a mutation of the caller's own part in an entry answers with. */
async function ownEntry({ deps, caller, language }: MemberContext, outcome: Outcome) {
  return outcome.ok
    ? ownEntryView(await findOwnPart(deps.db.manager, caller.memberId, outcome.value))
    : refusalView(outcome.refusal, language);
}

/** What a mutation of an entry answers with. Who had herself replaced reads it this once more. */
async function entry({ deps, language }: MemberContext, outcome: Outcome): Promise<EntryView | RefusalView> {
  return outcome.ok
    ? entryView(await findEntry(deps.db.manager, outcome.value))
    : refusalView(outcome.refusal, language);
}
