import type { Dir } from 'node:fs';
import { type FileHandle, open, opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Config } from '../platform/config.ts';
import { type Written, writeUpload } from '../platform/http/write-upload.ts';
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
export interface StoredFile extends Written {
  /** Its first HEAD_BYTES bytes. */
  head: Buffer;
}

/**
 * Writes an upload to disk for good, readable by this process's user only. Nothing is left behind when it is refused
 * (EVIDENCE_TOO_LARGE, EVIDENCE_EMPTY) or breaks off, which throws.
 */
export async function storeFile({ storageDir }: Config, id: string, upload: Readable): Promise<Result<StoredFile>> {
  let head = Buffer.alloc(0);
  const written = await writeUpload(join(storageDir, storageKey(id)), upload, LARGEST_FILE, (chunk) => {
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
  });
  if (written === 'empty') return refuse(evidenceEmpty);
  return written === 'tooLarge' ? refuse(evidenceTooLarge) : accept({ ...written, head });
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
