import type { Branch } from './branch.ts';
import type { CheckedRow } from './check-row.ts';
import type { Match } from './match-rows.ts';
import * as problem from './problems.ts';
import { staffKey } from './values.ts';

/** Finds what rows of one file take from one another. First every row is added, then each can be asked. */
export class Duplicates {
  private rows = new Map<string, number | number[]>();

  constructor(private readonly branch: Branch) {}

  add({ number, person }: CheckedRow): void {
    for (const { key } of this.keys(person)) {
      const before = this.rows.get(key);
      // A copy, because a text cut out of a chunk of the file keeps the whole chunk in memory.
      if (before === undefined) this.rows.set(Buffer.from(key).toString(), number);
      else this.rows.set(key, [before, number].flat());
    }
  }

  /** Every row is added: forgets the values that stood in one row only. */
  settle(): void {
    this.rows = new Map([...this.rows].filter(([, rows]) => Array.isArray(rows)));
  }

  /** The problems that a row has for sharing a value with others. */
  problemsOf({ person, headings }: CheckedRow): problem.Problem[] {
    return this.keys(person).flatMap(({ key, field, words }) => {
      const rows = this.rows.get(key);
      return Array.isArray(rows) ? [{ ...words(rows), heading: headings[field] ?? '' }] : [];
    });
  }

  private keys({ idNumber, phone, staffNumber, unionId }: CheckedRow['person']) {
    const keys: { key: string; field: 'idNumber' | 'phone' | 'staffNumber'; words: typeof problem.duplicatePhone }[] =
      [];
    if (idNumber) keys.push({ key: idNumber, field: 'idNumber', words: problem.duplicateIdNumber });
    if (phone) keys.push({ key: phone, field: 'phone', words: problem.duplicatePhone });
    if (staffNumber) {
      const key = staffKey(unionId ?? this.branch.unionId, staffNumber);
      keys.push({ key, field: 'staffNumber', words: problem.duplicateStaffNumber });
    }
    return keys;
  }
}

/**
 * Finds rows that share no value and still mean one member or take one staff number, because of what is on record: one
 * row gives a member's ID number, another the member's staff number. The first row stands, the later ones are problems.
 * Ask for rows alone that have no other problem: one that is not imported takes nothing away from others.
 */
export class Claims {
  private readonly rows = new Map<string, number>();

  /** The problems of a row in view of those that came before it. Rows come in order; the same row may come again. */
  problemsOf({ row, before, after }: Match): problem.Problem[] {
    const earlier = before && this.claim(before.id, row);
    if (earlier !== undefined) return [{ ...problem.sameMember(earlier), heading: row.headings.name ?? '' }];
    if (after.staffNumber === null) return [];
    const holder = this.claim(staffKey(after.unionId, after.staffNumber), row);
    if (holder === undefined) return [];
    return [{ ...problem.duplicateStaffNumber([holder, row.number]), heading: row.headings.staffNumber ?? '' }];
  }

  /** The row that has claimed this before; undefined when it is this row's now. */
  private claim(what: string, { number }: CheckedRow): number | undefined {
    const holder = this.rows.get(what);
    if (holder === undefined) this.rows.set(Buffer.from(what).toString(), number);
    return holder === number ? undefined : holder;
  }
}
