import type { EntityManager } from 'typeorm';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Competition } from '../plan/competition.entity.ts';
import { lockMembers } from './enter-parties.ts';
import { Entry } from './entry.entity.ts';
import { type Crowd, crowdOf, firmUnionOf, judgeMember } from './parties.ts';
import { firmNotEntered, memberUnknown } from './refusals.ts';
import type { EntryTerms } from './terms.ts';
import { type NewEntryMember, writeMembers } from './write-entries.ts';

/** The entries of the firms that have entered, by the firm's union. None where no firms enter. */
export async function firmEntriesOf(
  db: EntityManager,
  { id, entrant }: Competition,
): Promise<ReadonlyMap<string, Pick<Entry, 'id' | 'unionId'>>> {
  if (entrant !== 'firm') return new Map();
  const where = { competitionId: id, kind: 'firm', state: 'entered' } as const;
  const entries = await db.find(Entry, { select: { id: true, unionId: true }, where });
  return new Map(entries.map((entry) => [entry.unionId, entry]));
}

/**
 * Judges a member who is to take part for her firm, and resolves with what is noted of her and of whose entry she is part.
 * Refusals: FIRM_NOT_ENTERED and those of `judgeMember`.
 */
export function judgeParticipant(
  terms: EntryTerms,
  firms: ReadonlyMap<string, Pick<Entry, 'id' | 'unionId'>>,
  memberId: string,
  crowd: Crowd,
  day: BeijingDay,
): Result<NewEntryMember & { entryId: string; unionId: string }> {
  const entrant = crowd.onRecord.get(memberId);
  if (!entrant) return refuse(memberUnknown());
  const firm = firms.get(firmUnionOf(entrant));
  if (!firm) return refuse(firmNotEntered);
  const { unionId, id: entryId } = firm;
  const judged = judgeMember(terms, { division: null, unionId, memberId }, crowd, day);
  if (!judged.ok) return judged;
  crowd.entered.add(memberId);
  return accept({ ...judged.value, role: 'member', entryId, unionId });
}

/**
 * Makes members part of the entries of their firms, set by set, and resolves for each, in order, with the id of that
 * entry or with why not.
 */
export async function joinFirms(
  tx: Tx,
  terms: EntryTerms,
  memberIds: readonly string[],
  at: Date,
): Promise<Result<string>[]> {
  await lockMembers(tx, memberIds);
  // Held, so that no firm withdraws while people join it.
  await tx.query("SELECT id FROM entry WHERE competition_id = ? AND kind = 'firm' LOCK IN SHARE MODE", [
    terms.competition.id,
  ]);
  const firms = await firmEntriesOf(tx, terms.competition);
  const crowd = await crowdOf(tx, terms.competition.id, memberIds);
  const day = beijingDay(at);
  const judged = memberIds.map((memberId) => judgeParticipant(terms, firms, memberId, crowd, day));
  const joining = judged.flatMap((one) => (one.ok ? one.value : []));
  await writeMembers(tx, terms.competition.id, joining, at);
  return judged.map((one) => (one.ok ? accept(one.value.entryId) : one));
}
