import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../platform/config.ts';
import { writeUpload } from '../../platform/http/write-upload.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { RosterImport } from './queries.ts';
import { fileEmpty, fileTooLarge, LARGEST_FILE } from './refusals.ts';
import { fileLost } from './unreadable.ts';

const FOLDER = 'rosters';

/** Where an import's file is kept, below the storage directory. */
export function storageKey(importId: string): string {
  return `${FOLDER}/${importId}`;
}

/** Where the file of an import is on disk. */
export function pathOf(config: Config, { storageKey: key }: Pick<RosterImport, 'storageKey'>): string {
  return join(config.storageDir, key);
}

/**
 * Writes an upload to disk, readable by this process's user only, and resolves with its SHA-256. Nothing is left behind
 * when it is refused (FILE_TOO_LARGE, FILE_EMPTY) or breaks off, which throws.
 */
export async function storeFile(config: Config, importId: string, upload: Readable): Promise<Result<Buffer>> {
  const written = await writeUpload(pathOf(config, { storageKey: storageKey(importId) }), upload, LARGEST_FILE);
  if (written === 'empty') return refuse(fileEmpty);
  return written === 'tooLarge' ? refuse(fileTooLarge) : accept(written.sha256);
}

/** Makes sure that the file is there and is the one that was uploaded; throws UnreadableRoster otherwise. */
export async function verifyFile(config: Config, one: Pick<RosterImport, 'storageKey' | 'fileSha256'>): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(pathOf(config, one)), hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw fileLost();
    throw error;
  }
  if (!hash.digest().equals(one.fileSha256)) throw fileLost();
}

/** Deletes an import's file, which is full of personal data, once nothing needs it any more. */
export async function removeFile(config: Config, one: Pick<RosterImport, 'storageKey'>): Promise<void> {
  await rm(pathOf(config, one), { force: true });
}
