import type { SaxesTagPlain } from 'saxes';
import { type Cell, LAST_COLUMN, type Table, type TableRow } from './cell.ts';
import { brokenFile } from './unreadable.ts';
import { XlsxPackage, type XmlHandlers } from './xlsx-package.ts';
import { readWorkbook, unescaped, type Workbook } from './xlsx-workbook.ts';

/** Opens a workbook as the table on its first visible sheet. Throws UnreadableRoster when the file cannot be used. */
export async function openXlsx(path: string): Promise<Table> {
  const file = await XlsxPackage.open(path);
  try {
    const workbook = await readWorkbook(file);
    return { rows: () => rowsOf(file, workbook), close: () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}

async function* rowsOf(file: XlsxPackage, workbook: Workbook): AsyncGenerator<TableRow> {
  const reader = new SheetReader(workbook);
  for await (const _ of file.parseSheet(workbook.sheet, reader)) yield* reader.take();
}

/** Gathers rows from the tags of a sheet. */
class SheetReader implements XmlHandlers {
  private rows: TableRow[] = [];
  private row: TableRow = { number: 0, cells: [] };
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private inValue = false;
  private inReading = false;

  constructor(private readonly workbook: Workbook) {}

  take(): TableRow[] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }

  open(name: string, tag: SaxesTagPlain): void {
    if (name === 'row') this.openRow(tag.attributes.r);
    else if (name === 'c') this.openCell(tag.attributes);
    else if (name === 'rPh') this.inReading = true;
    // <t> is the text of a cell that keeps it in place, but inside <rPh> the reading of Japanese characters.
    this.inValue = name === 'v' || (name === 't' && this.type === 'inlineStr' && !this.inReading);
  }

  text(text: string): void {
    if (this.inValue) this.value += text;
  }

  close(name: string): void {
    this.inValue = false;
    if (name === 'rPh') this.inReading = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row' && this.row.cells.length > 0) this.rows.push(this.row);
  }

  private openRow(number: string | undefined): void {
    const next = number === undefined ? this.row.number + 1 : Number(number);
    if (!Number.isInteger(next) || next <= this.row.number || next > 1_048_576) throw brokenFile();
    this.row = { number: next, cells: [] };
    this.column = -1;
  }

  private openCell({ r, t, s }: SaxesTagPlain['attributes']): void {
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    this.type = t ?? 'n';
    this.style = Number(s ?? 0);
    this.value = '';
  }

  private closeCell(): void {
    const cell = this.cell();
    if (this.column < LAST_COLUMN && cell.text.trim() !== '') this.row.cells[this.column] = cell;
  }

  private cell(): Cell {
    const { strings, digitsOfStyle, from1904 } = this.workbook;
    if (this.type === 's') return { text: strings.at(Number(this.value)) ?? '', kind: 'text' };
    if (this.type !== 'n') return { text: unescaped(this.value), kind: 'text' };
    const digits = /^\d+$/.test(this.value) ? (digitsOfStyle.get(this.style) ?? 0) : 0;
    return { text: this.value.padStart(this.value === '' ? 0 : digits, '0'), kind: from1904 ? 'number1904' : 'number' };
  }
}

/** The column that a cell's name begins with: A1 is 0, AA7 is 26. */
function columnOf(name: string): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(name)?.[0];
  if (letters === undefined) throw brokenFile();
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
