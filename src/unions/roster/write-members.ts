import type { PersonalDataKeys } from '../../identity/personal-data.ts';
import { insertRows, type SqlValue } from '../../platform/db/sql.ts';
import { TryAgain, type Tx } from '../../platform/db/transaction.ts';
import { encryptIdNumber, encryptPhone } from '../member-data.ts';
import type { Match } from './match-rows.ts';

/** Enrols the members of rows that name nobody on record: one statement. */
export async function createMembers(
  tx: Tx,
  keys: PersonalDataKeys,
  matches: readonly Match[],
  now: Date,
): Promise<void> {
  const rows = matches.map((match) => ({
    id: match.after.id,
    ...columnsOf(keys, match),
    created_at: now,
    updated_at: now,
  }));
  if (rows[0])
    await insertRows(
      tx,
      'member',
      Object.keys(rows[0]),
      rows.map((row) => Object.values(row)),
    );
}

/** What a row changes of a member on record: columns with their new values; empty when all is as it was. */
export function changesOf(keys: PersonalDataKeys, match: Match): Record<string, SqlValue> {
  const { before, after } = match;
  if (!before) throw new Error('a row that names nobody on record changes nothing');
  const changed = COLUMNS.filter((column) => before[COMPARED[column]] !== after[COMPARED[column]]);
  if (changed.length === 0) return {};
  const columns = columnsOf(keys, match);
  return Object.fromEntries(changed.map((column) => [column, columns[column]]));
}

/** Writes the changes of one member, as long as the member is as it was when the changes were worked out. */
export async function updateMember(tx: Tx, { before }: Match, changes: Record<string, SqlValue>, now: Date) {
  const assignments = Object.keys(changes).map((column) => `${column} = ?`);
  const { affectedRows: written } = await tx.query<{ affectedRows: number }>(
    `UPDATE member SET ${assignments.join(', ')}, updated_at = ? WHERE id = ? AND updated_at = ?`,
    [...Object.values(changes), now, before!.id, before!.updatedAt],
  );
  if (written === 0) throw new TryAgain();
}

// A cipher differs each time that it is made, so it is the hash that tells whether the value has changed.
const COMPARED = {
  union_id: 'unionId',
  name: 'name',
  staff_number: 'staffNumber',
  sex: 'sex',
  birth_date: 'birthDate',
  joined_on: 'joinedOn',
  union_joined_on: 'unionJoinedOn',
  id_number_cipher: 'idNumberHash',
  id_number_hash: 'idNumberHash',
  phone_cipher: 'phoneHash',
  phone_hash: 'phoneHash',
  state: 'state',
} as const;

type MemberColumn = keyof typeof COMPARED;

const COLUMNS = Object.keys(COMPARED) as MemberColumn[];

function columnsOf(keys: PersonalDataKeys, { row, after }: Match): Record<MemberColumn, SqlValue> {
  const { idNumber, phone } = row.person;
  return {
    union_id: after.unionId,
    name: after.name,
    staff_number: after.staffNumber,
    sex: after.sex,
    birth_date: after.birthDate,
    joined_on: after.joinedOn,
    union_joined_on: after.unionJoinedOn,
    id_number_cipher: idNumber === undefined ? null : encryptIdNumber(keys, idNumber),
    id_number_hash: after.idNumberHash === null ? null : Buffer.from(after.idNumberHash, 'base64'),
    phone_cipher: phone === undefined ? null : encryptPhone(keys, phone),
    phone_hash: after.phoneHash === null ? null : Buffer.from(after.phoneHash, 'base64'),
    state: after.state,
  };
}
