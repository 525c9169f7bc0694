import { type Answer, accepted, askUntil, type Client, jobLate, REFUSAL, type Refused, send } from './client.ts';

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
  const address = new URL('/uploads/roster', admin.url);
  address.search = new URLSearchParams({ unionId, fileName, full: String(full) }).toString();
  const response = await send(address.toString(), {
    method: 'PUT',
    headers: { ...admin.headers(), 'content-type': 'text/csv' },
    body: new Uint8Array(file),
  });
  const body = (await response.json()) as { importId?: string; refusal?: Refused };
  if (body.importId !== undefined) return { ok: true, value: body.importId };
  if (body.refusal) return { ok: false, refusal: body.refusal };
  throw new Error(`PUT /uploads/roster: HTTP ${response.status}, ${JSON.stringify(body)}`);
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
