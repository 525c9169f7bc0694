import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Config } from '../../../platform/config.ts';
import { pathOf } from './make-files.ts';
import type { StatementFile } from './statement-file.entity.ts';

/** Opens a file of a statement to read it, when its content is what was recorded; undefined for one that is damaged or has gone. */
export async function openFile(config: Config, file: StatementFile): Promise<FileHandle | undefined> {
  const handle = await open(pathOf(config, file.id), 'r').catch(whenMissing);
  if (handle && (await isAsRecorded(handle, file))) return handle;
  await handle?.close();
  return undefined;
}

async function isAsRecorded(handle: FileHandle, { size, sha256 }: StatementFile): Promise<boolean> {
  if ((await handle.stat()).size !== size) return false;
  const hash = createHash('sha256');
  for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) hash.update(chunk);
  return hash.digest().equals(sha256);
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
