import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { memberStandings } from '../../unions/standing.ts';
import { firmOfMember, membersEntering } from '../plan/entrants.ts';
import { LARGEST_TEAM } from '../plan/limits.ts';
import { tooMany } from '../plan/refusals.ts';
import { findColleagues, type NamedColleague } from './colleagues.ts';
import { enterParties } from './enter-parties.ts';
import { LONGEST_TEAM_NAME } from './limits.ts';
import type { PartyMember } from './parties.ts';
import { colleagueUnknown, teamNameMalformed } from './refusals.ts';
import { lockEntryTerms, wrongTimeToEnter } from './terms.ts';

export interface TeamGiven {
  competitionId: string;
  divisionId: string | null;
  name: string;
  /** Besides the captain, who is the member who calls. */
  colleagues: readonly (NamedColleague & { isSubstitute: boolean })[];
}

/**
 * Enters a team whose captain is the member who calls, of colleagues of the same firm, by the server's clock. Resolves
 * with the entry's id. Refusals, those of a colleague with the place "colleagues.2": COMPETITION_UNKNOWN,
 * COMPETITION_OVER, ENTRY_NOT_OPEN, ENTRY_CLOSED, ENTRANT_OTHER, TEAM_NAME_MALFORMED, TOO_MANY, COLLEAGUE_UNKNOWN,
 * TEAM_UNDER_STRENGTH, TEAM_TOO_LARGE, SUBSTITUTES_TOO_MANY, MEMBER_REPEATED, DIVISION_UNKNOWN, NO_STAGE_HERE,
 * MEMBER_NOT_ACTIVE, MEMBER_OF_OTHER_FIRM, ALREADY_ENTERED, NOT_ELIGIBLE, QUOTA_FULL.
 */
export async function enterTeam(deps: Deps, caller: MemberCaller, key: string, input: TeamGiven): Promise<Outcome> {
  return act(deps, caller, { operation: 'enterTeam', key, input }, async (tx, now) => {
    const { competitionId, divisionId, colleagues } = input;
    const name = input.name.normalize('NFC');
    const standing = (await memberStandings(tx, [caller.memberId])).get(caller.memberId);
    const terms = await lockEntryTerms(tx, competitionId, standing?.unionPath);
    if (!terms.ok) return terms;
    const wrong = wrongTimeToEnter(terms.value.competition, 'team', now) ?? wrongGiven(name, colleagues);
    if (wrong) return refuse(wrong);
    const members = await teamOf(tx, caller.memberId, colleagues);
    if (!members.ok) return members;
    const party = { divisionId, name, members: members.value };
    const [entered] = await enterParties(tx, deps, terms.value, [party], { by: caller.actor, at: now });
    return entered!.ok ? entered! : refuse({ ...entered!.refusal, ...placeGiven(entered!.refusal) });
  });
}

function wrongGiven(name: string, colleagues: TeamGiven['colleagues']): Refusal | undefined {
  if (!isLine(name, LONGEST_TEAM_NAME)) return teamNameMalformed;
  return colleagues.length > 2 * LARGEST_TEAM ? tooMany('colleagues', 2 * LARGEST_TEAM) : undefined;
}

async function teamOf(tx: Tx, captainId: string, colleagues: TeamGiven['colleagues']): Promise<Result<PartyMember[]>> {
  const captain = (await membersEntering(tx, [captainId])).get(captainId)!;
  const found = await findColleagues(tx, firmOfMember(captain).unionPath, colleagues);
  const unknown = found.indexOf(undefined);
  if (unknown >= 0) return refuse(colleagueUnknown(`colleagues.${unknown}`));
  const others = colleagues.map(({ isSubstitute }, i): PartyMember => {
    return { memberId: found[i]!, role: isSubstitute ? 'substitute' : 'member' };
  });
  return accept([{ memberId: captainId, role: 'captain' }, ...others]);
}

/** The captain is the first of the party and not among the colleagues. */
function placeGiven({ at }: Refusal): { at?: string } {
  const [, place] = /^members\.(\d+)$/.exec(at ?? '') ?? [];
  if (place !== undefined) return { at: place === '0' ? 'competitionId' : `colleagues.${Number(place) - 1}` };
  return at === 'members' ? { at: 'colleagues' } : {};
}
