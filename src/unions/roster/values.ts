import { addDays, isDay } from '../../platform/clock.ts';
import { type Cell, compactCell, tidy } from './cell.ts';
import type { Sex } from './id-number.ts';

const WRITTEN_DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/;

// Excel's day 1 is 1900-01-01, but it counts a 29 February 1900 that never was. Days of five digits (1927 to 2173) only,
// so that a year alone is not taken for a day of 1905.
const EXCEL_DAY_ZERO = '1899-12-30';
const DAYS_TO_1904 = 1462;

/**
 * Reads a day: 2019-03-05, 2019/3/5, 2019.3.5, 2019年3月5日, 20190305, each with or without a time of day, or the number
 * by which Excel keeps a date. Undefined when it is none of these or the calendar has no such day.
 */
export function parseDay(cell: Cell): string | undefined {
  const text = compactCell(cell);
  const serial = /^\d{5}(\.\d+)?$/.test(text);
  if (serial)
    return addDays(EXCEL_DAY_ZERO, Math.floor(Number(text)) + (cell.kind === 'number1904' ? DAYS_TO_1904 : 0));
  const parts = (WRITTEN_DAY.exec(tidy(cell.text)) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text))?.slice(1);
  if (!parts) return undefined;
  const [year, month, day] = parts as [string, string, string];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : undefined;
}

const SEXES: Record<string, Sex> = {
  男: 'male',
  男性: 'male',
  M: 'male',
  MALE: 'male',
  女: 'female',
  女性: 'female',
  F: 'female',
  FEMALE: 'female',
};

/** Reads 男 or 女; undefined for anything else. */
export function parseSex(cell: Cell): Sex | undefined {
  return SEXES[compactCell(cell).toUpperCase()];
}

/** A person's name as it is kept: no spaces beside Chinese characters (张 三 is 张三), single ones elsewhere. */
export function cleanName(cell: Cell): string {
  return tidy(cell.text)
    .replace(/\s+/g, ' ')
    .replace(/ (?=\p{Script=Han})|(?<=\p{Script=Han}) /gu, '');
}

/** Whether a text is a number in Excel's short form, 1.10101E+17, whose last digits are lost. */
export function isScientific(text: string): boolean {
  return /^\d+(\.\d+)?E\+?\d+$/i.test(text);
}

/** Whether a cell holds Excel's error (#N/A, #REF! …) or bytes that are no characters. */
export function isBrokenCell(cell: Cell): boolean {
  return /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)|\uFFFD/.test(cell.text);
}

// Without letters that a database's collation might take for one another.
const STAFF_NUMBER = /^[A-Za-z0-9\u4e00-\u9fff._/#()-]{1,40}$/;

/** Whether a text can be a staff number. */
export function isStaffNumber(text: string): boolean {
  return STAFF_NUMBER.test(text);
}

/** A staff number as it is compared, in step with the database's collation, which does not tell a from A. */
export function staffKey(unionId: string, staffNumber: string): string {
  return `${unionId} ${staffNumber.toUpperCase()}`;
}
