import { certificateNumber } from '../../platform/certificate/number.ts';
import type { Config } from '../../platform/config.ts';
import { insertRows, type SqlValue } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Competition } from '../plan/competition.entity.ts';
import type { Entry } from './entry.entity.ts';
import type { EntryMember } from './entry-member.entity.ts';

/** Somebody who is to be part of an entry, and what is noted of her. */
export type NewEntryMember = Pick<EntryMember, 'memberId' | 'role' | 'sex' | 'age' | 'skillLevel'>;

/** An entry that was judged and can be written. */
export interface NewEntry extends Pick<Entry, 'divisionId' | 'stageId' | 'unionId' | 'kind' | 'name' | 'firmType'> {
  /** Of `unionId`: the quotas of every union on it count the entry. */
  unionPath: string;
  members: readonly NewEntryMember[];
}

/** Writes entries and those who are part of them, set by set, in the order given. Resolves with their ids. */
export async function writeEntries(
  tx: Tx,
  config: Config,
  { id: competitionId, certificatePrefix }: Competition,
  entries: readonly NewEntry[],
  enteredBy: string,
  now: Date,
): Promise<string[]> {
  const ids = entries.map(() => newId());
  const columns = ['id', 'competition_id', 'division_id', 'stage_id', 'union_id', 'kind', 'name', 'number', 'state'];
  await insertRows(
    tx,
    'entry',
    [...columns, 'firm_type', 'entered_by', 'entered_at'],
    entries.map((one, i): SqlValue[] => [
      ...[ids[i]!, competitionId, one.divisionId, one.stageId, one.unionId, one.kind, one.name],
      ...[certificateNumber(config, certificatePrefix, ids[i]!), 'entered', one.firmType, enteredBy, now],
    ]),
  );
  const people = entries.flatMap(({ members }, i) => members.map((member) => ({ ...member, entryId: ids[i]! })));
  await writeMembers(tx, competitionId, people, now);
  return ids;
}

/** Writes people into entries that exist. */
export async function writeMembers(
  tx: Tx,
  competitionId: string,
  people: readonly (NewEntryMember & { entryId: string })[],
  now: Date,
): Promise<void> {
  await insertRows(
    tx,
    'entry_member',
    ['id', 'entry_id', 'competition_id', 'member_id', 'role', 'sex', 'age', 'skill_level', 'joined_at'],
    people.map((one): SqlValue[] => [
      ...[newId(), one.entryId, competitionId, one.memberId, one.role],
      ...[one.sex, one.age, one.skillLevel, now],
    ]),
  );
}
