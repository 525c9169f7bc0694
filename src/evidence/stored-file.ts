import { createHash } from 'node:crypto';
import { createWriteStream, type Dir } from 'node:fs';
import { type FileHandle, mkdir, open, opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../platform/config.ts';
import { isId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { HEAD_BYTES } from './judge-content.ts';
import { LARGEST_FILE } from './limits.ts';
import { evidenceEmpty, evidenceTooLarge } from './refusals.ts';

const FOLDER = 'evidence';

/** Where a file is kept, below the storage directory. Its name has no part in it. */
export function storageKey(id: string): string {
  return `${FOLDER}/${id}`;
}

/** What is known of a file once it is on disk. */
export interface StoredFile {
  size: number;
  sha256: Buffer;
  /** Its first HEAD_BYTES bytes. */
  head: Buffer;
}

/**
 * Writes an upload to disk for good, readable by this process's user only. Nothing is left behind when it is refused
 * (EVIDENCE_TOO_LARGE, EVIDENCE_EMPTY) or breaks off, which throws.
 */
export async function storeFile({ storageDir }: Config, id: string, upload: Readable): Promise<Result<StoredFile>> {
  const path = join(storageDir, storageKey(id));
  await mkdir(join(storageDir, FOLDER), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  // The upload is not destroyed when it is too large: its connection has yet to carry the refusal.
  const chunks: AsyncIterable<Buffer> = upload.iterator({ destroyOnReturn: false });
  async function* counted() {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > LARGEST_FILE) return;
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await pipeline(counted, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  if (size > 0 && size <= LARGEST_FILE) return accept({ size, sha256: hash.digest(), head });
  await rm(path, { force: true });
  return refuse(size === 0 ? evidenceEmpty : evidenceTooLarge);
}

/** Opens a file to read it. Throws when it is not there. */
export function openFile({ storageDir }: Config, key: string): Promise<FileHandle> {
  return open(join(storageDir, key), 'r');
}

/** Deletes the file of this id; nothing happens when it has gone. */
export async function removeFile({ storageDir }: Config, id: string): Promise<void> {
  await rm(join(storageDir, storageKey(id)), { force: true });
}

/** The ids of the files on disk that were written before an instant. Whatever else lies in the folder is not ours. */
export async function* filesWrittenBefore({ storageDir }: Config, instant: Date): AsyncGenerator<string> {
  const folder: Dir | undefined = await opendir(join(storageDir, FOLDER)).catch(whenMissing);
  for await (const { name } of folder ?? []) {
    if (!isId(name)) continue;
    const found = await stat(join(storageDir, storageKey(name))).catch(whenMissing);
    if (found && found.mtime < instant) yield name;
  }
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
