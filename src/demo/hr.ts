import { type Answer, accepted, askUntil, type Client, jobLate, REFUSAL, type Refused } from './client.ts';

/** A roster import as the admin door shows it. */
export interface RosterImport {
  id: string;
  fileName: string;
  state: 'CHECKING' | 'CHECKED' | 'IMPORTING' | 'IMPORTED' | 'FAILED';
  rowsRead: number;
  rowsBad: number;
  membersCreated: number;
  membersUpdated: number;
  membersUnchanged: number;
  failure: Refused | null;
  problems: { nodes: { row: number; heading: string; code: string; message: string }[] };
}

const FIELDS = `id fileName state rowsRead rowsBad membersCreated membersUpdated membersUnchanged
  failure { code message at } problems(first: 20) { nodes { row heading code message } }`;

const JOB_SECONDS = 60;

/** Uploads a roster file for a union; resolves with the id of the import. */
export async function uploadRoster(
  admin: Client,
  upload: { unionId: string; fileName: string; full: boolean; file: Buffer },
): Promise<Answer<string>> {
  const { unionId, fileName, full, file } = upload;
  const answer = await admin.upload<{ importId: string }>(
    '/uploads/roster',
    { unionId, fileName, full: String(full) },
    file,
  );
  return answer.ok ? { ok: true, value: answer.value.importId } : answer;
}

/** The id of the member with this staff number. Throws when there is none. */
export async function findMember(admin: Client, staffNumber: string): Promise<string> {
  const { members } = await admin.ask<{ members: { nodes: { id: string; staffNumber: string | null }[] } }>(
    'query ($search: String!) { members(search: $search, first: 100) { nodes { id staffNumber } } }',
    { search: staffNumber },
  );
  const found = members.nodes.find((member) => member.staffNumber === staffNumber);
  if (!found) throw new Error(`没有工号为 ${staffNumber} 的会员。 No member has the staff number ${staffNumber}.`);
  return found.id;
}

/** The union's latest import of a file of this name. */
export async function findImport(admin: Client, unionId: string, fileName: string): Promise<RosterImport | undefined> {
  const { rosterImports } = await admin.ask<{ rosterImports: { nodes: RosterImport[] } }>(
    `query ($unionId: Id!) { rosterImports(unionId: $unionId, first: 20) { nodes { ${FIELDS} } } }`,
    { unionId },
  );
  return rosterImports.nodes.find((one) => one.fileName === fileName);
}

/** Waits until the job has checked an uploaded roster. Throws when that takes more than a minute. */
export async function waitUntilChecked(admin: Client, importId: string): Promise<RosterImport> {
  return waitUntil(admin, importId, (one) => one.state !== 'CHECKING');
}

/** Has a checked roster imported and waits until the job has done it. Throws when it is refused or takes more than a minute. */
export async function importAndWait(admin: Client, importId: string): Promise<RosterImport> {
  accepted(
    await admin.act(
      `mutation ($key: String!, $id: Id!) { importRoster(key: $key, id: $id) { ${REFUSAL} ... on RosterImport { id } } }`,
      { key: `demo:import:${importId}`, id: importId },
    ),
  );
  return waitUntil(admin, importId, (one) => one.state === 'IMPORTED' || one.state === 'FAILED');
}

async function waitUntil(admin: Client, id: string, wanted: (one: RosterImport) => boolean): Promise<RosterImport> {
  const ask = async () => {
    const found = await admin.ask<{ rosterImport: RosterImport }>(
      `query ($id: Id!) { rosterImport(id: $id) { ${FIELDS} } }`,
      { id },
    );
    return found.rosterImport;
  };
  const last = await askUntil(ask, wanted, JOB_SECONDS);
  if (!wanted(last)) throw new Error(jobLate(`${last.fileName} ${last.state}`, JOB_SECONDS));
  return last;
}
