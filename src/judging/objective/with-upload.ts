import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../platform/config.ts';
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
  const folder = join(storageDir, 'objective-scores');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, newId());
  const hash = createHash('sha256');
  let size = 0;
  // The upload is not destroyed when it is too large: its connection has yet to carry the refusal.
  const chunks: AsyncIterable<Buffer> = upload.iterator({ destroyOnReturn: false });
  async function* counted() {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > LARGEST_FILE) return;
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    if (size === 0 || size > LARGEST_FILE) return refuse(size === 0 ? fileEmpty : fileTooLarge);
    return await work({ path, fileName: name, sha256: hash.digest() });
  } finally {
    await rm(path, { force: true });
  }
}
