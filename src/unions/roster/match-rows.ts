import type { EntityManager } from 'typeorm';
import { hashIdNumber, hashPhone, type PersonalDataKeys } from '../../identity/personal-data.ts';
import { newId } from '../../platform/ids.ts';
import type { Branch } from './branch.ts';
import type { CheckedRow } from './check-row.ts';
import type { Field } from './headings.ts';
import { type Known, OnRecord } from './on-record.ts';
import * as problem from './problems.ts';
import { staffKey } from './values.ts';

/** What a row means for the roll. `after` is the member as the row wants it; nothing is written yet. */
export interface Match {
  row: CheckedRow;
  /** The members of the branch that the row names, also when it is not clear which of them is meant. */
  named: string[];
  /** The member whom the row means; undefined when it means somebody new. */
  before: Known | undefined;
  after: Known;
  /** The staff number that the row's member has on record, as it is compared, with the union; null without one. */
  held: string | null;
  /** The one that the row's member gets; null without one, or when it is another member's. */
  place: string | null;
  problems: problem.Problem[];
}

/**
 * Finds the members that rows name, by ID number, else by staff number within the union, and what stands against writing
 * them: another member's phone or staff number, a member of another branch, one who left. Three statements for a batch.
 */
export async function matchRows(
  db: EntityManager,
  keys: PersonalDataKeys,
  branch: Branch,
  rows: readonly CheckedRow[],
): Promise<Match[]> {
  const record = new OnRecord(db);
  const hashed = rows.map((row) => hashRow(keys, row));
  await record.findByIdNumber(hashed.flatMap((one) => one.idNumberHash ?? []));
  // Only now it is known of whom a row without union or staff number speaks, and so which staff number it would take.
  const staffNumbers = new Map<string, string[]>();
  for (const one of hashed) {
    const { unionId, staffNumber } = placeOf(one, record, branch);
    if (staffNumber !== null) staffNumbers.set(unionId, [...(staffNumbers.get(unionId) ?? []), staffNumber]);
  }
  await record.findByStaffNumber(staffNumbers);
  await record.findByPhone(hashed.flatMap((one) => one.phoneHash ?? []));
  return hashed.map((one) => matchRow(one, record, branch));
}

interface HashedRow {
  row: CheckedRow;
  idNumberHash: Buffer | undefined;
  phoneHash: Buffer | undefined;
}

function hashRow(keys: PersonalDataKeys, row: CheckedRow): HashedRow {
  const { idNumber, phone } = row.person;
  return {
    row,
    idNumberHash: idNumber === undefined ? undefined : hashIdNumber(keys, idNumber),
    phoneHash: phone === undefined ? undefined : hashPhone(keys, phone),
  };
}

function memberByIdNumber({ idNumberHash }: HashedRow, record: OnRecord): Known | undefined {
  return idNumberHash && record.byIdNumber.get(idNumberHash.toString('base64'));
}

/** The union and the staff number that the row's member will have: the row's, else those on record. */
function placeOf(hashed: HashedRow, record: OnRecord, branch: Branch) {
  const { person } = hashed.row;
  const member = memberByIdNumber(hashed, record);
  return {
    unionId: person.unionId ?? member?.unionId ?? branch.unionId,
    staffNumber: person.staffNumber ?? member?.staffNumber ?? null,
  };
}

function matchRow(hashed: HashedRow, record: OnRecord, branch: Branch): Match {
  const { row } = hashed;
  const problems: problem.Problem[] = [];
  const note = (field: Field, words: Omit<problem.Problem, 'heading'>) =>
    problems.push({ ...words, heading: row.headings[field] ?? '' });
  const { unionId, staffNumber } = placeOf(hashed, record, branch);
  const byIdNumber = memberByIdNumber(hashed, record);
  const place = placeKey({ unionId, staffNumber });
  const byStaffNumber = place === null ? undefined : record.byStaffNumber.get(place);
  const isAnothers = byStaffNumber !== undefined && speaksOfAnother(hashed, byIdNumber, byStaffNumber);
  const before = byIdNumber ?? (isAnothers ? undefined : byStaffNumber);
  const after = wanted(hashed, before, unionId, staffNumber);
  const phoneOwner = after.phoneHash === null ? undefined : record.byPhone.get(after.phoneHash);

  if (byIdNumber && !branch.has(byIdNumber.unionId)) note('idNumber', problem.outsideBranch);
  else if (before?.state === 'left') note('name', problem.memberLeft);
  if (isAnothers) note('staffNumber', problem.conflict);
  if (phoneOwner && phoneOwner.id !== after.id) note('phone', problem.phoneTaken);

  const named = [byIdNumber, byStaffNumber].flatMap((one) => (one && branch.has(one.unionId) ? one.id : []));
  const held = before ? placeKey(before) : null;
  return { row, named, before, after, held, place: isAnothers ? null : place, problems };
}

function placeKey({ unionId, staffNumber }: Pick<Known, 'unionId' | 'staffNumber'>): string | null {
  return staffNumber === null ? null : staffKey(unionId, staffNumber);
}

/** Whether the staff number is that of another member than the one whom the ID number means. */
function speaksOfAnother({ idNumberHash }: HashedRow, byIdNumber: Known | undefined, byStaffNumber: Known): boolean {
  if (byIdNumber) return byIdNumber.id !== byStaffNumber.id;
  // Who has this ID number is new, and whoever has the staff number is known by another one.
  return idNumberHash !== undefined && byStaffNumber.idNumberHash !== null;
}

/** The member as the row wants it: what the row gives, else what is on record. */
function wanted(hashed: HashedRow, before: Known | undefined, unionId: string, staffNumber: string | null): Known {
  const { person } = hashed.row;
  return {
    id: before?.id ?? newId(),
    unionId,
    name: person.name ?? before?.name ?? '',
    staffNumber,
    sex: person.sex ?? before?.sex ?? null,
    birthDate: person.birthDate ?? before?.birthDate ?? null,
    joinedOn: person.joinedOn ?? before?.joinedOn ?? null,
    unionJoinedOn: person.unionJoinedOn ?? before?.unionJoinedOn ?? null,
    idNumberHash: hashed.idNumberHash?.toString('base64') ?? before?.idNumberHash ?? null,
    phoneHash: hashed.phoneHash?.toString('base64') ?? before?.phoneHash ?? null,
    state: before?.state ?? 'active',
    updatedAt: before?.updatedAt ?? new Date(0),
  };
}
