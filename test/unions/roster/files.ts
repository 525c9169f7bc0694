import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CellValue, writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { checkDigit } from '../../../src/unions/roster/id-number.ts';
import { openRoster } from '../../../src/unions/roster/read-roster.ts';
import { UnreadableRoster } from '../../../src/unions/roster/unreadable.ts';

/** The ID number of nobody: a place in Beijing, a birth date, a count; right by its check digit. */
export function inventedId(count: number, birthDate = '1990-03-07'): string {
  const digits = `110101${birthDate.replaceAll('-', '')}${String(count).padStart(3, '0')}`;
  return digits + checkDigit(digits);
}

/** A phone number of nobody in particular. */
export function inventedPhone(count: number): string {
  return `139${String(count).padStart(8, '0')}`;
}

export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n');
}

export function gb18030(text: string): Buffer {
  return iconv.encode(text, 'gb18030');
}

/** A workbook of one sheet. */
export async function xlsx(rows: CellValue[][], password?: string): Promise<Buffer> {
  const written = await writeXlsx({
    sheets: [{ name: '名册', rows }],
    ...(password && { encryption: { password, spinCount: 1000 } }),
  });
  return Buffer.from(written);
}

/** Changes what a zip's directory claims that a part unpacks to. */
export function claimingSize(zip: Buffer, part: string, size: number): Buffer {
  const changed = Buffer.from(zip);
  for (let at = changed.indexOf('PK\x01\x02'); at >= 0; at = changed.indexOf('PK\x01\x02', at + 4)) {
    const name = changed.toString('utf8', at + 46, at + 46 + changed.readUInt16LE(at + 28));
    if (name === part) changed.writeUInt32LE(size, at + 24);
  }
  return changed;
}

const folder = mkdtempSync(join(tmpdir(), 'xingfu-rosters-'));
// A process works on many test files.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Puts content into a file of no telling name. */
export function inFile(content: string | Uint8Array): string {
  const path = join(folder, randomUUID());
  writeFileSync(path, content);
  return path;
}

/** What a file's rows say, by heading: number and texts. */
export async function readAll(content: string | Uint8Array) {
  const rows: (Record<string, unknown> & { row: number })[] = [];
  const roster = await openRoster(inFile(content));
  try {
    for await (const { number, cells } of roster.rows()) {
      const texts = Object.entries(cells).map(([field, cell]) => [field, cell.text]);
      rows.push({ row: number, ...Object.fromEntries(texts) });
    }
    return rows;
  } finally {
    roster.close();
  }
}

/** The code with which a file is turned down; undefined when it is read. */
export async function failureOf(content: string | Uint8Array): Promise<string | undefined> {
  try {
    await readAll(content);
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableRoster) return error.failure.code;
    throw error;
  }
}

/** A zip of parts that are kept as they are, in this order. */
export function zip(parts: Record<string, string>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [part, content] of Object.entries(parts)) {
    const name = Buffer.from(part);
    const body = Buffer.from(content);
    const sizes = Buffer.alloc(14);
    sizes.writeUInt32LE(body.length, 4);
    sizes.writeUInt32LE(body.length, 8);
    sizes.writeUInt16LE(name.length, 12);
    const common = Buffer.concat([Buffer.from([20, 0, 0, 8, 0, 0, 0, 0, 0, 0]), sizes, Buffer.alloc(2)]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    files.push(Buffer.from('PK\x03\x04'), common, name, body);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, entry, name);
    offset += 30 + name.length + body.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, list, end]);
}
