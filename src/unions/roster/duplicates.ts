import type { Branch } from './branch.ts';
import type { CheckedRow } from './check-row.ts';
import type { Field } from './headings.ts';
import type { Match } from './match-rows.ts';
import * as problem from './problems.ts';
import { staffKey } from './values.ts';

/** Finds what rows of one file take from one another. First every row is added, then each can be asked. */
export class Duplicates {
  private readonly rows = new RowsByKey();

  constructor(private readonly branch: Branch) {}

  add({ number, person }: CheckedRow): void {
    this.rows.add(number, this.valuesOf(person));
  }

  /** Every row is added: forgets the values that stood in one row only. */
  settle(): void {
    this.rows.settle();
  }

  /** The problems that a row has for sharing a value with others. */
  problemsOf({ person, headings }: CheckedRow): problem.Problem[] {
    return this.rows.problemsOf(headings, this.valuesOf(person));
  }

  private valuesOf({ idNumber, phone, staffNumber, unionId }: CheckedRow['person']): Value[] {
    const values: Value[] = [];
    if (idNumber) values.push({ key: idNumber, field: 'idNumber', words: problem.duplicateIdNumber });
    if (phone) values.push({ key: phone, field: 'phone', words: problem.duplicatePhone });
    if (staffNumber) {
      const key = staffKey(unionId ?? this.branch.unionId, staffNumber);
      values.push({ key, field: 'staffNumber', words: problem.duplicateStaffNumber });
    }
    return values;
  }
}

/**
 * Finds rows that share no value and still mean one member or take one staff number, because of what is on record: one
 * row gives a member's ID number, another the member's staff number. Which of them is right cannot be told, so each is a
 * problem, in whatever order they stand. A row claims also when it has other problems: those may be gone the next time
 * that the file is imported, and what the file means must be the same then. Add rows first, then ask; a row may be added
 * again.
 */
export class Claims {
  private readonly rows = new RowsByKey();

  add(match: Match): void {
    this.rows.add(match.row.number, claimsOf(match));
  }

  /** Every row is added: forgets what one row only claims. */
  settle(): void {
    this.rows.settle();
  }

  /** The problem that a row has for claiming what others claim; for one member it is one, whatever else they share. */
  problemsOf(match: Match): problem.Problem[] {
    return this.rows.problemsOf(match.row.headings, claimsOf(match)).slice(0, 1);
  }
}

/**
 * What a row claims: the staff number that its member has on record, by which alone another row can mean the same member,
 * and the one that its member gets.
 */
function claimsOf({ held, place }: Match): Value[] {
  const claims: Value[] = [];
  if (held !== null) claims.push({ key: held, field: 'name', words: problem.sameMember });
  if (place !== null && place !== held)
    claims.push({ key: place, field: 'staffNumber', words: problem.duplicateStaffNumber });
  return claims;
}

/** Something that one row alone may have, and the words for rows that share it. */
interface Value {
  key: string;
  field: Field;
  words: (rows: readonly number[]) => Omit<problem.Problem, 'heading'>;
}

/** The numbers of rows by what they have. */
class RowsByKey {
  private readonly rows = new Map<string, number | number[]>();

  add(number: number, values: readonly Value[]): void {
    for (const { key } of values) {
      const before = this.rows.get(key);
      // A copy, because a text cut out of a chunk of the file keeps the whole chunk in memory.
      if (before === undefined) this.rows.set(Buffer.from(key).toString(), number);
      else if (!Array.isArray(before)) this.rows.set(key, before === number ? before : [before, number]);
      else if (!before.includes(number)) before.push(number);
    }
  }

  settle(): void {
    for (const [key, rows] of this.rows) if (!Array.isArray(rows)) this.rows.delete(key);
  }

  problemsOf(headings: CheckedRow['headings'], values: readonly Value[]): problem.Problem[] {
    return values.flatMap(({ key, field, words }) => {
      const rows = this.rows.get(key);
      return Array.isArray(rows) ? [{ ...words(rows), heading: headings[field] ?? '' }] : [];
    });
  }
}
