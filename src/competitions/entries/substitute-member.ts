import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller, MemberCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { findColleagues, type NamedColleague } from './colleagues.ts';
import { lockMembers } from './enter-parties.ts';
import { EntryMember } from './entry-member.entity.ts';
import { crowdOf, judgeMember } from './parties.ts';
import { colleagueUnknown, entryOfNoTeam, entryWithdrawn, memberRepeated, notInEntry } from './refusals.ts';
import { type EntryInScope, entryInScope, entryOfLead, lockEntry } from './scope.ts';
import { entryTerms, wrongTimeToChange } from './terms.ts';
import { type NewEntryMember, writeMembers } from './write-entries.ts';

/**
 * Puts a colleague in the place of a member of the team whose captain the caller is, before the deadline of changes. The
 * colleague takes over the role; a substitute of the team steps up. `outId` is the id of the member's part in the entry.
 * Resolves with the entry's id. Refusals: ENTRY_UNKNOWN, ENTRY_WITHDRAWN, ENTRY_OF_NO_TEAM, CHANGES_CLOSED,
 * COMPETITION_OVER, NOT_IN_ENTRY, COLLEAGUE_UNKNOWN, MEMBER_REPEATED, MEMBER_NOT_ACTIVE, MEMBER_OF_OTHER_FIRM,
 * ALREADY_ENTERED, NOT_ELIGIBLE.
 */
export async function substituteColleague(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: NamedColleague & { entryId: string; outId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'substituteColleague', key, input }, async (tx, now) => {
    const { entryId, outId, ...named } = input;
    await lockEntry(tx, entryId);
    const found = await entryOfLead(tx, caller.memberId, entryId);
    if (!found.ok) return found;
    const [memberId] = await findColleagues(tx, found.value.path, [named]);
    if (memberId === undefined) return refuse(colleagueUnknown('staffNumber'));
    const changed = await exchange(tx, found.value, outId, memberId, now);
    return changed.ok ? accept(entryId) : changed;
  });
}

/**
 * Likewise for a team of the admin's branch (competitions:write); audited. Refusals: the same, and MEMBER_UNKNOWN in the
 * place of COLLEAGUE_UNKNOWN.
 */
export async function substituteMember(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { entryId: string; outId: string; memberId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'substituteMember', key, input }, async (tx, now) => {
    const { entryId, outId, memberId } = input;
    await lockEntry(tx, entryId);
    const found = await entryInScope(tx, caller, 'competitions:write', entryId);
    if (!found.ok) return found;
    const changed = await exchange(tx, found.value, outId, memberId, now);
    if (!changed.ok) return changed;
    const target = { targetKind: 'entry', targetId: entryId, unionId: found.value.entry.unionId };
    const change = { before: { memberId: changed.value }, after: { memberId } };
    await recordAudit(tx, { actor: caller.actor, action: 'substituteMember', ...target, ...change }, now);
    return accept(entryId);
  });
}

/** Resolves with the id of the member who has left. */
async function exchange(
  tx: Tx,
  { entry, path }: EntryInScope,
  outId: string,
  memberId: string,
  now: Date,
): Promise<Result<string>> {
  const { id: entryId, competitionId } = entry;
  if (entry.state === 'withdrawn') return refuse(entryWithdrawn);
  if (entry.kind !== 'team') return refuse(entryOfNoTeam);
  const terms = await entryTerms(tx, competitionId, path);
  if (!terms.ok) return terms;
  const wrong = wrongTimeToChange(terms.value.competition, now);
  if (wrong) return refuse(wrong);
  const team = (await tx.findBy(EntryMember, { entryId })).filter(({ leftAt }) => leftAt === null);
  const out = team.find(({ id }) => id === outId);
  if (!out) return refuse(notInEntry);
  const own = team.find((one) => one.memberId === memberId);
  if (own && (own.role !== 'substitute' || out.role === 'substitute')) return refuse(memberRepeated('memberId'));
  const coming = own ? accept(own) : await judgeNewcomer(tx, terms.value, entry, memberId, now);
  if (!coming.ok) return refuse({ ...coming.refusal, at: 'memberId' });
  await tx.query('UPDATE entry_member SET left_at = ? WHERE id IN (?)', [now, own ? [out.id, own.id] : [out.id]]);
  await writeMembers(tx, competitionId, [{ ...coming.value, role: out.role, entryId }], now);
  return accept(out.memberId);
}

async function judgeNewcomer(
  tx: Tx,
  terms: Parameters<typeof judgeMember>[0],
  { unionId, divisionId, competitionId }: EntryInScope['entry'],
  memberId: string,
  now: Date,
): Promise<Result<Omit<NewEntryMember, 'role'>>> {
  await lockMembers(tx, [memberId]);
  const crowd = await crowdOf(tx, competitionId, [memberId]);
  const division = terms.divisions.find(({ id }) => id === divisionId) ?? null;
  return judgeMember(terms, { division, unionId, memberId }, crowd, beijingDay(now));
}
