import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { EvidenceFile } from '../../src/evidence/evidence-file.entity.ts';
import { findEvidence } from '../../src/evidence/queries.ts';
import { receiveEvidence } from '../../src/evidence/receive-evidence.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Result } from '../../src/platform/result.ts';
import type { TestDeps } from '../support/deps.ts';
import { png } from './files.ts';

export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

/** What a refusal of this code matches; `at` when its place matters. */
export function refused(code: string, at?: string) {
  return { ok: false, refusal: at === undefined ? { code } : { code, at } };
}

export function anOwner(): string {
  return `member:${newId()}`;
}

/** Takes in a file as the upload does; a small PNG when not said. */
export function receive(deps: Deps, owner: string, fileName = '证书.png', content = png()): Promise<Result<string>> {
  return receiveEvidence(deps, { owner, fileName }, Readable.from([content], { objectMode: false }));
}

/** So many files of an owner, attached to nothing. */
export async function filesOf(deps: TestDeps, owner: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(accepted(await receive(deps, owner)));
  return ids;
}

export async function theFile({ db }: TestDeps, id: string): Promise<EvidenceFile> {
  const file = await findEvidence(db.manager, id);
  if (!file) throw new Error(`there is no evidence ${id}`);
  return file;
}

export function folderOf({ config }: TestDeps): string {
  return join(config.storageDir, 'evidence');
}

/** The names of the files that are on disk, in order. */
export function onDisk(deps: TestDeps): string[] {
  return existsSync(folderOf(deps)) ? readdirSync(folderOf(deps)).sort() : [];
}

export function emptyDisk({ config }: TestDeps): void {
  rmSync(config.storageDir, { recursive: true, force: true });
}

/** The ids of the files that the database knows, in order. */
export async function onRecord({ db }: TestDeps): Promise<string[]> {
  const rows: { id: string }[] = await db.query('SELECT id FROM evidence_file ORDER BY id');
  return rows.map(({ id }) => id);
}
