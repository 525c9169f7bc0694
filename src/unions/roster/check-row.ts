import { normalisePhone } from '../../identity/personal-data.ts';
import { type BeijingDay, isDay } from '../../platform/clock.ts';
import type { Branch } from './branch.ts';
import { type Cell, compactCell, tidy } from './cell.ts';
import type { Field } from './headings.ts';
import { readIdNumber, type Sex } from './id-number.ts';
import * as problem from './problems.ts';
import type { RosterRow } from './read-roster.ts';
import { cleanName, isBrokenCell, isScientific, isStaffNumber, parseDay, parseSex } from './values.ts';

/** What a row says of a person. What it does not say, or says wrongly, is undefined; then there is a problem for it. */
export interface Person {
  name: string | undefined;
  idNumber: string | undefined;
  phone: string | undefined;
  staffNumber: string | undefined;
  /** Undefined when the row names no union. */
  unionId: string | undefined;
  joinedOn: BeijingDay | undefined;
  unionJoinedOn: BeijingDay | undefined;
  birthDate: BeijingDay | undefined;
  sex: Sex | undefined;
}

export interface CheckedRow {
  number: number;
  headings: RosterRow['headings'];
  person: Person;
  problems: problem.Problem[];
}

// What the column takes.
const LONGEST_NAME = 80;
const FIRST_DAY = '1900-01-01';

/** Reads a row's values and finds what is wrong with them by themselves, without looking at other rows or members. */
export function checkRow(row: RosterRow, branch: Branch, today: BeijingDay): CheckedRow {
  const problems: problem.Problem[] = [];
  const note = (field: Field, words: Omit<problem.Problem, 'heading'>) => {
    problems.push({ ...words, heading: row.headings[field] ?? '' });
    return undefined;
  };
  const readers: Readers = { row, note, branch, today };
  const idNumber = read(readers, 'idNumber', idNumberOf);
  const born = idNumber && { birthDate: idNumber.birthDate, sex: idNumber.sex };
  const birthDate = read(readers, 'birthDate', dayOf);
  const sex = read(readers, 'sex', (cell) => parseSex(cell) ?? note('sex', problem.sexUnknown));
  const unionId = read(readers, 'union', unionOf);
  const staffNumber = read(readers, 'staffNumber', staffNumberOf);
  const person: Person = {
    name: row.cells.name === undefined ? note('name', problem.nameMissing) : read(readers, 'name', nameOf),
    idNumber: idNumber?.number,
    phone: read(readers, 'phone', phoneOf),
    // A staff number is one only within its union.
    staffNumber: row.cells.union !== undefined && unionId === undefined ? undefined : staffNumber,
    unionId,
    joinedOn: read(readers, 'joinedOn', dayOf),
    unionJoinedOn: read(readers, 'unionJoinedOn', dayOf),
    birthDate: birthDate ?? born?.birthDate,
    sex: sex ?? born?.sex,
  };
  if (born && birthDate && birthDate !== born.birthDate) note('birthDate', problem.birthDateDiffers);
  if (born && sex && sex !== born.sex) note('sex', problem.sexDiffers);
  if (isBefore(person.joinedOn, person.birthDate)) note('joinedOn', problem.joinedBeforeBirth);
  if (isBefore(person.unionJoinedOn, person.birthDate)) note('unionJoinedOn', problem.unionJoinedBeforeBirth);
  if (row.cells.idNumber === undefined && row.cells.staffNumber === undefined)
    note(row.headings.idNumber === undefined ? 'staffNumber' : 'idNumber', problem.identityMissing);
  return { number: row.number, headings: row.headings, person, problems };
}

/** Whether both days are known and the one lies before the other. */
function isBefore(day: BeijingDay | undefined, other: BeijingDay | undefined): boolean {
  return day !== undefined && other !== undefined && day < other;
}

interface Readers {
  row: RosterRow;
  note(field: Field, words: Omit<problem.Problem, 'heading'>): undefined;
  branch: Branch;
  today: BeijingDay;
}

type Reader<T> = (cell: Cell, readers: Readers, field: Field) => T | undefined;

/** The value of a cell that is there and not broken. */
function read<T>(readers: Readers, field: Field, reader: Reader<T>): T | undefined {
  const cell = readers.row.cells[field];
  if (cell === undefined) return undefined;
  return isBrokenCell(cell) ? readers.note(field, problem.cellBroken) : reader(cell, readers, field);
}

const nameOf: Reader<string> = (cell, { note }) => {
  const name = cleanName(cell);
  if (name === '') return note('name', problem.nameMissing);
  return name.length > LONGEST_NAME ? note('name', problem.nameTooLong(LONGEST_NAME)) : name;
};

const idNumberOf: Reader<Exclude<ReturnType<typeof readIdNumber>, string>> = (cell, { note, today }) => {
  const text = compactCell(cell).toUpperCase();
  if (cell.kind !== 'text' || isScientific(text)) return note('idNumber', problem.idNumberByExcel);
  const read = readIdNumber(text);
  if (read === 'form') return note('idNumber', problem.idNumberForm(text));
  if (read === 'check digit') return note('idNumber', problem.idNumberCheckDigit(text));
  const possible = isDay(read.birthDate) && read.birthDate >= FIRST_DAY && read.birthDate <= today;
  return possible ? read : note('idNumber', problem.idNumberBirthDate(text));
};

const phoneOf: Reader<string> = (cell, { note }) => {
  const phone = normalisePhone(compactCell(cell));
  return /^1[3-9]\d{9}$/.test(phone) ? phone : note('phone', problem.phoneForm(phone));
};

const staffNumberOf: Reader<string> = (cell, { note }) => {
  const text = compactCell(cell);
  const whole = cell.kind === 'text' ? !isScientific(text) : /^\d{1,15}$/.test(text);
  return whole && isStaffNumber(text) ? text : note('staffNumber', problem.staffNumberForm);
};

const unionOf: Reader<string> = (cell, { note, branch }) => {
  const name = tidy(cell.text);
  const [id, another] = branch.find(name);
  if (id === undefined) return note('union', problem.unionUnknown(name));
  return another === undefined ? id : note('union', problem.unionAmbiguous(name));
};

const dayOf: Reader<BeijingDay> = (cell, { note, today }, field) => {
  const day = parseDay(cell);
  if (day === undefined) return note(field, problem.dayForm);
  return day < FIRST_DAY || day > today ? note(field, problem.dayImpossible) : day;
};
