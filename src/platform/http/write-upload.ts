import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What an upload turned out to be. */
export interface Written {
  size: number;
  sha256: Buffer;
}

/**
 * Writes an upload to a new file, readable by this process's user only and flushed to the disk, as far as the largest
 * size. `tooLarge` for more than that and `empty` for nothing, in which case, and when it breaks off, which throws, no
 * file is left. `look` sees each piece that is written.
 */
export async function writeUpload(
  path: string,
  upload: Readable,
  largest: number,
  look: (chunk: Buffer) => void = () => {},
): Promise<Written | 'tooLarge' | 'empty'> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let size = 0;
  // The upload is not destroyed when it is too large: its connection has yet to carry the refusal.
  const chunks: AsyncIterable<Buffer> = upload.iterator({ destroyOnReturn: false });
  async function* counted() {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > largest) return;
      look(chunk);
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
  if (size > 0 && size <= largest) return { size, sha256: hash.digest() };
  await rm(path, { force: true });
  return size === 0 ? 'empty' : 'tooLarge';
}
