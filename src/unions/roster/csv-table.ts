import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { LAST_COLUMN, type Table, type TableRow } from './cell.ts';
import { brokenCsv, notARoster, wrongEncoding } from './unreadable.ts';

const UTF16_MARKS = [Buffer.from('fffe', 'hex'), Buffer.from('feff', 'hex')];

// One row; what is longer is a quote that was never closed.
const LONGEST_ROW = 200_000;

/**
 * Opens a CSV file as a table: UTF-8 with or without BOM, or GB18030 (which GBK and GB2312 are part of), told apart by the
 * bytes. Throws UnreadableRoster when it is no such file.
 */
export async function openCsv(path: string): Promise<Table> {
  const encoding = await encodingOf(path);
  return { rows: () => rowsOf(path, encoding), close() {} };
}

async function* rowsOf(path: string, encoding: Encoding): AsyncGenerator<TableRow> {
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: LONGEST_ROW,
    // A quote inside a field that does not begin with one is a character like any other.
    relax_quotes: true,
  });
  let number = 0;
  try {
    // The callback is there to take the error, which reading from the parser throws too.
    pipeline(createReadStream(path), iconv.decodeStream(encoding), parser, () => {});
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      const cells: TableRow['cells'] = [];
      record.slice(0, LAST_COLUMN).forEach((text, column) => {
        if (text.trim() !== '') cells[column] = { text, kind: 'text' };
      });
      if (cells.length > 0) yield { number, cells };
    }
  } catch (error) {
    if (error instanceof CsvError) throw brokenCsv(number + 1);
    throw error;
  }
}

type Encoding = 'utf8' | 'gb18030';

/** What the bytes of a text file are: valid UTF-8 is UTF-8, anything else GB18030. */
async function encodingOf(path: string): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  let first = true;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (first && UTF16_MARKS.some((mark) => chunk.subarray(0, 2).equals(mark))) throw wrongEncoding();
    if (chunk.includes(0)) throw notARoster();
    valid &&= decodes(() => utf8.decode(chunk, { stream: true }));
    first = false;
  }
  return valid && decodes(() => utf8.decode()) ? 'utf8' : 'gb18030';
}

function decodes(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}
