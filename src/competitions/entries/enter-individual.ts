import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { refuse } from '../../platform/result.ts';
import { memberStandings } from '../../unions/standing.ts';
import { enterParties } from './enter-parties.ts';
import { lockEntryTerms, wrongTimeToEnter } from './terms.ts';

/**
 * Enters the member who calls into a competition of individuals, by the server's clock. Resolves with the entry's id.
 * Refusals: COMPETITION_UNKNOWN, COMPETITION_OVER, ENTRY_NOT_OPEN, ENTRY_CLOSED, ENTRANT_OTHER, DIVISION_UNKNOWN,
 * NO_STAGE_HERE, MEMBER_NOT_ACTIVE, ALREADY_ENTERED, NOT_ELIGIBLE, QUOTA_FULL.
 */
export async function enterIndividual(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: { competitionId: string; divisionId: string | null },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'enterIndividual', key, input }, async (tx, now) => {
    const { competitionId, divisionId } = input;
    const standing = (await memberStandings(tx, [caller.memberId])).get(caller.memberId);
    const terms = await lockEntryTerms(tx, competitionId, standing?.unionPath);
    if (!terms.ok) return terms;
    const wrong = wrongTimeToEnter(terms.value.competition, 'individual', now);
    if (wrong) return refuse(wrong);
    const party = { divisionId, name: null, members: [{ memberId: caller.memberId, role: 'member' as const }] };
    const [entered] = await enterParties(tx, deps, terms.value, [party], { by: caller.actor, at: now });
    // Nobody else is named, so the place is the caller herself.
    return entered!.ok || entered!.refusal.at !== 'members.0'
      ? entered!
      : refuse({ code: entered!.refusal.code, message: entered!.refusal.message });
  });
}
