import { type CellValue, writeXlsx } from 'hucre/xlsx';
import { accepted, askUntil, type Client, jobLate, REFUSAL } from './client.ts';
import type { TEAMS } from './competition-terms.ts';

/** A workbook of one sheet. */
export async function workbook(name: string, rows: CellValue[][]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [{ name, rows }] }));
}

/** Teams as a union enters them in bulk, a row for each person below the headings, each team's captain first. */
export function entriesFile(teams: typeof TEAMS): Promise<Buffer> {
  const rows = teams.flatMap(({ name, union, people }) =>
    people.map((person, i) => [person.name, person.staffNumber, union, name, i === 0 ? '队长' : '队员']),
  );
  return workbook('报名', [['姓名', '工号', '单位', '队名', '角色'], ...rows]);
}

/** An import of entries as the admin door shows it. */
export interface EntryImport {
  state: 'CHECKING' | 'CHECKED' | 'IMPORTING' | 'IMPORTED' | 'FAILED';
  rowsRead: number;
  rowsBad: number;
  entriesMade: number;
  problems: { nodes: { row: number; heading: string; code: string; message: string }[] };
}

/** Uploads a file of entries and waits until the job has checked it; resolves with its id and what was found. */
export async function checkEntries(
  admin: Client,
  target: { competitionId: string; unionId: string; fileName: string },
  file: Buffer,
): Promise<{ importId: string; checked: EntryImport }> {
  const { importId } = accepted(await admin.upload<{ importId: string }>('/uploads/entries', target, file));
  return { importId, checked: await importOnceNot(admin, importId, 'CHECKING') };
}

/** Has a checked file imported and waits until the job has done it. */
export async function importEntries(admin: Client, id: string): Promise<EntryImport> {
  const asked = await admin.act(
    `mutation ($key: String!, $id: Id!) { importEntries(key: $key, id: $id) { ${REFUSAL} ... on EntryImport { id } } }`,
    { key: `demo:entries:${id}`, id },
  );
  accepted(asked);
  return importOnceNot(admin, id, 'IMPORTING');
}

const JOB_SECONDS = 60;

async function importOnceNot(admin: Client, id: string, state: EntryImport['state']): Promise<EntryImport> {
  const ask = async () => {
    const found = await admin.ask<{ entryImport: EntryImport }>(
      `query ($id: Id!) {
        entryImport(id: $id) {
          state rowsRead rowsBad entriesMade problems(first: 20) { nodes { row heading code message } }
        }
      }`,
      { id },
    );
    return found.entryImport;
  };
  const last = await askUntil(ask, (one) => one.state !== state, JOB_SECONDS);
  if (last.state === state) throw new Error(jobLate(`批量报名 entries in bulk: ${state}`, JOB_SECONDS));
  return last;
}
