import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../platform/config.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { plainCell } from '../platform/plain-cell.ts';

const FOLDER = 'card-batches';
const ROWS_AT_ONCE = 1000;
// Spreadsheets take a file for UTF-8 only when it says so at its beginning.
const BYTE_ORDER_MARK = '\uFEFF';

function pathOf({ storageDir }: Config, batchId: string): string {
  return join(storageDir, FOLDER, batchId);
}

/**
 * Writes the file of which a batch's cards are printed: CSV in UTF-8, a line for each card that is active or frozen with
 * its number, the member's name and her union's, in the order of issue. Readable by this process's user only. It is
 * whole or not there: an earlier one is replaced in one step. Returns its SHA-256.
 */
export async function writePrinterFile({ db, config }: Deps, batchId: string): Promise<Buffer> {
  const path = pathOf(config, batchId);
  // A name of its own, so that two runs never write into one file.
  const unfinished = `${path}.${newId()}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  async function* text() {
    for await (const lines of linesOf(db, batchId)) {
      hash.update(lines);
      yield lines;
    }
  }
  try {
    await pipeline(text, createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return hash.digest();
}

async function* linesOf(db: Deps['db'], batchId: string): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}卡号,姓名,工会\r\n`;
  for (let after = ''; ; ) {
    // Told the way: by itself the server may begin with the unions, and sort the whole batch for each part.
    const rows: { id: string; number: string; name: string; union_name: string }[] = await db.query(
      `SELECT STRAIGHT_JOIN card.id, card.number, member.name, union_node.name AS union_name
       FROM card FORCE INDEX (card_of_batch) JOIN member ON member.id = card.member_id JOIN union_node ON union_node.id = member.union_id
       WHERE card.batch_id = ? AND card.id > ? AND card.state IN ('active', 'frozen') ORDER BY card.id LIMIT ?`,
      [batchId, after, ROWS_AT_ONCE],
    );
    if (rows.length === 0) return;
    yield rows.map((row) => `${[row.number, row.name, row.union_name].map(cell).join(',')}\r\n`).join('');
    after = rows.at(-1)!.id;
  }
}

/** As RFC 4180 writes a value. */
function cell(value: string): string {
  const text = plainCell(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Opens a batch's file to read it. Throws when it is not there. */
export function openPrinterFile(config: Config, batchId: string): Promise<FileHandle> {
  return open(pathOf(config, batchId), 'r');
}

/** Deletes a batch's file; nothing happens when it has gone. */
export async function removePrinterFile(config: Config, batchId: string): Promise<void> {
  await rm(pathOf(config, batchId), { force: true });
}
