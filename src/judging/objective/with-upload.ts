import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Config } from '../../platform/config.ts';
import { writeUpload } from '../../platform/http/write-upload.ts';
import { newId } from '../../platform/ids.ts';
import { type Result, refuse } from '../../platform/result.ts';
import { LARGEST_FILE } from '../limits.ts';
import type { ScoreFile } from './import-scores.ts';
import { fileEmpty, fileNameMalformed, fileTooLarge } from './refusals.ts';

/**
 * Keeps an upload on disk, readable by this process's user only, for as long as the work takes, and resolves with what
 * the work does. Refusals besides the work's own: FILE_NAME_MALFORMED, FILE_TOO_LARGE, FILE_EMPTY. Throws when the
 * upload breaks off.
 */
export async function withUpload<T>(
  { storageDir }: Config,
  fileName: string,
  upload: Readable,
  work: (file: ScoreFile) => Promise<Result<T>>,
): Promise<Result<T>> {
  // Some browsers give the path as well.
  const name = fileName.split(/[/\\]/).at(-1)!.trim();
  if (!/^[^\p{Cc}]{1,200}$/u.test(name)) return refuse(fileNameMalformed);
  const path = join(storageDir, 'objective-scores', newId());
  const written = await writeUpload(path, upload, LARGEST_FILE);
  if (typeof written === 'string') return refuse(written === 'empty' ? fileEmpty : fileTooLarge);
  try {
    return await work({ path, fileName: name, sha256: written.sha256 });
  } finally {
    await rm(path, { force: true });
  }
}
