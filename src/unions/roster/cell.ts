/** A cell of a table as it stands in the file. A number's text is the file's own, so nothing has been rounded away yet. */
export interface Cell {
  text: string;
  /** "number": the file keeps a number there, not a text; "number1904": likewise, in a workbook that counts days from 1904. */
  kind: 'text' | 'number' | 'number1904';
}

/** A row of a table: its number as Excel shows it, and its cells by column; a column without a cell is a hole. */
export interface TableRow {
  number: number;
  cells: (Cell | undefined)[];
}

/** A file that was opened as a table; its rows can be read more than once. */
export interface Table {
  /** The rows that have any text, read as they are asked for. Throws UnreadableRoster when the file turns out broken. */
  rows(): AsyncGenerator<TableRow>;
  close(): void;
}

/** Columns beyond this one are passed over. */
export const LAST_COLUMN = 200;

// Signs that are put before a value to keep Excel from making a number of it: '110101…, and ="110101…" in csv.
const TEXT_MARK = /^(?:['‘’`]|=(?=["“]))+/;

/** A text with full-width signs narrowed, without invisible ones, and the marks and spaces around it gone. */
export function tidy(text: string): string {
  const narrow = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(TEXT_MARK, '')
    .trim();
  return /^["“].*["”]$/s.test(narrow) ? narrow.slice(1, -1).trim() : narrow;
}

/** A text without any spaces. */
export function compact(text: string): string {
  return tidy(text).replace(/\s/g, '');
}

/** What a cell says as a text without spaces: a whole number that JavaScript can hold is written out in digits. */
export function compactCell(cell: Cell): string {
  const text = compact(cell.text);
  const number = Number(text);
  return cell.kind !== 'text' && /[.e]/i.test(text) && Number.isSafeInteger(number) ? String(number) : text;
}
