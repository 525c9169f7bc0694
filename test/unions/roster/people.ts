import { createReadStream } from 'node:fs';
import { expect } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { checkRoster } from '../../../src/unions/roster/check-roster.ts';
import { importMembers } from '../../../src/unions/roster/import-members.ts';
import { importRoster } from '../../../src/unions/roster/import-roster.ts';
import { findImport, problemsOf, type RosterImport } from '../../../src/unions/roster/queries.ts';
import { receiveRoster } from '../../../src/unions/roster/upload-roster.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aKey } from '../tree.ts';
import { csv, inFile } from './files.ts';

export const silent = async () => {};

/** Uploads a table, or a file's bytes, for a union; resolves with the import's id. */
export async function upload(
  deps: TestDeps,
  caller: AdminCaller,
  unionId: string,
  content: readonly (readonly string[])[] | Buffer,
  isFull = false,
): Promise<string> {
  const file = inFile(Buffer.isBuffer(content) ? content : csv(content));
  return accepted(await receiveRoster(deps, caller, { unionId, fileName: '名册.csv', isFull }, createReadStream(file)));
}

/** Uploads a table and has it checked; resolves with the import and its problems as "row heading CODE". */
export async function check(...args: Parameters<typeof upload>) {
  const [deps] = args;
  const id = await upload(...args);
  await checkRoster(deps, id, silent);
  return { id, one: await theImport(deps, id), problems: await problems(deps, id) };
}

/** Uploads a table, has it checked and imports it. */
export async function importAll(...args: Parameters<typeof upload>) {
  const [deps, caller] = args;
  const checked = await check(...args);
  expect(checked.one.state).toBe('checked');
  accepted(await importRoster(deps, caller, aKey(), checked.id));
  await importMembers(deps, checked.id, silent);
  return { ...checked, one: await theImport(deps, checked.id), problems: await problems(deps, checked.id) };
}

export async function theImport({ db }: TestDeps, id: string): Promise<RosterImport> {
  const found = await findImport(db.manager, id);
  if (!found) throw new Error(`no import ${id}`);
  return found;
}

/** The problems of an import as "row heading CODE". */
export async function problems(deps: TestDeps, id: string): Promise<string[]> {
  return (await problemRows(deps, id)).map(({ rowNumber, heading, code }) => `${rowNumber} ${heading} ${code}`);
}

export async function problemRows({ db }: TestDeps, id: string) {
  const page = await problemsOf(db.manager, [id], { first: 1000, after: undefined });
  return page.get(id)!.items;
}

/** Every member, by staff number and name, without ciphers. */
export async function roll({ db }: TestDeps) {
  const rows: Record<string, unknown>[] = await db.query(
    `SELECT id, union_id AS unionId, name, staff_number AS staffNumber, sex, birth_date AS birthDate, joined_on AS joinedOn,
       union_joined_on AS unionJoinedOn, HEX(id_number_hash) AS idNumberHash, HEX(phone_hash) AS phoneHash, state, created_at AS createdAt, updated_at AS updatedAt
     FROM member ORDER BY staff_number, name`,
  );
  return rows;
}

/** The figures of an import. */
export function figures({
  rowsRead,
  rowsDone,
  rowsBad,
  membersCreated,
  membersUpdated,
  membersUnchanged,
}: RosterImport) {
  return { rowsRead, rowsDone, rowsBad, membersCreated, membersUpdated, membersUnchanged };
}
