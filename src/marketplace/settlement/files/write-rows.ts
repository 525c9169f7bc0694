import { writeCsvStream } from 'hucre/csv';
import { writeXlsxStream } from 'hucre/xlsx';
import { plainCell } from '../../../platform/plain-cell.ts';
import { HEADINGS, type Row } from './rows.ts';
import type { FileFormat } from './statement-file.entity.ts';

// As wide as what stands in each column.
const WIDTHS = [32, 12, 10, 24, 16, 24, 10, 10, 12, 32];

/** A statement's rows as a file, written while they are read. `title` names the sheet. */
export function writeRows(format: FileFormat, rows: AsyncIterable<Row>, title: string): ReadableStream<Uint8Array> {
  if (format === 'csv') return writeCsvStream(withHeadings(guarded(rows)), { bom: true });
  const columns = HEADINGS.map((header, i) => ({
    header,
    width: WIDTHS[i]!,
    ...(header === '金额（元）' && { numFmt: '#,##0.00' }),
  }));
  return writeXlsxStream(rows, { name: title, columns, freezePane: { rows: 1 } });
}

async function* withHeadings(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  yield HEADINGS;
  yield* rows;
}

/** Every text as `plainCell` has it; numbers stay numbers. */
async function* guarded(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) {
    yield row.map((cell) => (typeof cell === 'string' ? plainCell(cell) : cell));
  }
}
