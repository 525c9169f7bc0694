import { open } from 'node:fs/promises';
import type { Table } from '../../unions/roster/cell.ts';
import { openCsv } from '../../unions/roster/csv-table.ts';
import { oldExcel, UnreadableRoster } from '../../unions/roster/unreadable.ts';
import { openXlsx } from '../../unions/roster/xlsx-table.ts';

const ZIP = Buffer.from('PK');
const OLE2 = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** Opens a workbook (.xlsx) or csv file, told apart by its content. Throws UnreadableRoster when it is neither. Close it. */
export async function openTable(path: string): Promise<Table> {
  const file = await open(path);
  const start = Buffer.alloc(8);
  await file.read(start, 0, 8, 0).finally(() => file.close());
  if (start.equals(OLE2)) throw oldExcel();
  return start.subarray(0, ZIP.length).equals(ZIP) ? openXlsx(path) : openCsv(path);
}

/** That a file cannot be used, in words for the person who uploaded it. */
export function unusable(code: string, zh: string, en: string): UnreadableRoster {
  return new UnreadableRoster({ code, message: { zh, en } });
}
