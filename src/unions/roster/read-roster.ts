import { open, readFile } from 'node:fs/promises';
import type { Cell, Table, TableRow } from './cell.ts';
import { openCsv } from './csv-table.ts';
import { columnsOf, type Field, HEADINGS } from './headings.ts';
import { headingsMissing, noHeadings, notARoster, oldExcel, passwordProtected, tooManyRows } from './unreadable.ts';
import { openXlsx } from './xlsx-table.ts';

/** A row below the headings: its number as Excel shows it, and what stands in the columns that are known. */
export interface PersonRow<F extends string> {
  number: number;
  cells: Partial<Record<F, Cell>>;
  /** As the file spells them. */
  headings: Partial<Record<F, string>>;
}
export type RosterRow = PersonRow<Field>;

/** So many people a file may name; the memory that a check takes grows with them. */
export const MOST_ROWS = 200_000;

const ROWS_BEFORE_HEADINGS = 20;

/** A table of people that was opened; its rows can be read more than once. */
export interface People<F extends string> {
  /** The rows below the headings, without blank ones. Throws UnreadableRoster when the file cannot be used. */
  rows(): AsyncGenerator<PersonRow<F>>;
  close(): void;
}
export type Roster = People<Field>;

/** What a table of people may say of each, under which headings, and how many rows it may have. */
export interface PeopleForm<F extends string> {
  headings: Record<F, readonly string[]>;
  mostRows: number;
}

/**
 * Opens a roster, whatever its name: xlsx or csv by its content. It is read row by row, in memory that grows with the
 * texts that a workbook shares among its cells alone. Throws UnreadableRoster, with words for the person who uploaded it,
 * when the file cannot be used. Close it.
 */
export function openRoster(path: string): Promise<Roster> {
  return openPeople(path, { headings: HEADINGS, mostRows: MOST_ROWS });
}

/** `openRoster` for a table of people of another form. */
export async function openPeople<F extends string>(path: string, form: PeopleForm<F>): Promise<People<F>> {
  const table = await openTable(path);
  return { rows: () => peopleRows(table, form), close: () => table.close() };
}

async function* peopleRows<F extends string>(
  table: Table,
  { headings: known, mostRows }: PeopleForm<F>,
): AsyncGenerator<PersonRow<F>> {
  let columns: Partial<Record<F, number>> | undefined;
  let headings: Partial<Record<F, string>> = {};
  let count = 0;
  for await (const row of table.rows()) {
    if (columns === undefined) {
      if (row.number > ROWS_BEFORE_HEADINGS) throw noHeadings();
      columns = headingColumns(row, known);
      headings = mapFields(columns ?? {}, (column) => row.cells[column]!.text.trim());
      continue;
    }
    const cells = mapFields(columns, (column) => row.cells[column]);
    if (Object.keys(cells).length === 0) continue;
    count += 1;
    if (count > mostRows) throw tooManyRows(mostRows);
    yield { number: row.number, cells, headings };
  }
  if (columns === undefined) throw noHeadings();
}

/** The columns of the known headings; undefined when this is no row of headings but a title above them. */
function headingColumns<F extends string>(
  row: TableRow,
  known: Record<F, readonly string[]>,
): Partial<Record<F, number>> | undefined {
  const columns = columnsOf(row.cells, known);
  if (Object.keys(columns).length < 2) return undefined;
  const naming: Partial<Record<string, number>> = columns;
  if (naming.name === undefined) throw headingsMissing(row.number, '“姓名”', '姓名');
  if (naming.idNumber === undefined && naming.staffNumber === undefined)
    throw headingsMissing(row.number, '“身份证号”或“工号”', '身份证号 or 工号');
  return columns;
}

function mapFields<F extends string, A, B>(
  from: Partial<Record<F, A>>,
  map: (value: A) => B | undefined,
): Partial<Record<F, B>> {
  const mapped: Partial<Record<F, B>> = {};
  for (const [field, value] of Object.entries(from) as [F, A][]) {
    const result = map(value);
    if (result !== undefined) mapped[field] = result;
  }
  return mapped;
}

const ZIP = Buffer.from('PK');
const OLE2 = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const PDF = Buffer.from('%PDF');

async function openTable(path: string): Promise<Table> {
  const file = await open(path);
  const start = Buffer.alloc(8);
  await file.read(start, 0, 8, 0).finally(() => file.close());
  const startsWith = (mark: Buffer) => start.subarray(0, mark.length).equals(mark);
  if (startsWith(OLE2)) throw await oleFailure(path);
  if (startsWith(PDF)) throw notARoster();
  return startsWith(ZIP) ? openXlsx(path) : openCsv(path);
}

/** A workbook with a password is kept in the container that old .xls files use too, in a stream of this name. */
async function oleFailure(path: string) {
  const bytes = await readFile(path);
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? passwordProtected() : oldExcel();
}
