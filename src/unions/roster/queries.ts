import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import type { Message } from '../../platform/result.ts';
import type { Problem } from './problems.ts';

export type ImportState = 'checking' | 'checked' | 'importing' | 'imported' | 'failed';

/** An upload of a roster and what came of it. */
export interface RosterImport {
  id: string;
  unionId: string;
  /** The actor who uploaded it. */
  requestedBy: string;
  fileName: string;
  storageKey: string;
  fileSha256: Buffer;
  isFull: boolean;
  state: ImportState;
  /** Rows that the check is past; once checked, all of them. */
  rowsRead: number;
  /** Rows that the import is past. */
  rowsDone: number;
  rowsBad: number;
  membersCreated: number;
  membersUpdated: number;
  membersUnchanged: number;
  membersMissing: number;
  failure: { code: string; message: Message } | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** The import of an id; undefined when there is none. */
export async function findImport(db: EntityManager, id: string): Promise<RosterImport | undefined> {
  const rows: Row[] = await db.query('SELECT * FROM roster_import WHERE id = ?', [id]);
  return rows[0] && rosterImport(rows[0]);
}

/** A page of a union's imports, newest first; the cursor is the id. */
export async function importsOf(db: EntityManager, unionId: string, page: PageRequest): Promise<Page<RosterImport>> {
  const rows: Row[] = await db.query(
    'SELECT * FROM roster_import WHERE union_id = ? AND id < ? ORDER BY id DESC LIMIT ?',
    [unionId, page.after ?? 'Z', page.first + 1],
  );
  return pageOf(rows.map(rosterImport), page);
}

export interface NumberedProblem extends Problem {
  rowNumber: number;
  /** The problem's place among those of its row. */
  number: number;
}

/** The same page of the problems of each of these imports, by row, in one statement; the cursor is "row.number". */
export async function problemsOf(
  db: EntityManager,
  importIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<NumberedProblem>>> {
  const [row = 0, number = 0] = (page.after ?? '').split('.').map((part) => Number(part) || 0);
  const one = `(SELECT import_id, row_no, number, heading, code, message_zh, message_en FROM roster_problem
    WHERE import_id = ? AND row_no >= ? AND (row_no > ? OR number > ?) ORDER BY row_no, number LIMIT ?)`;
  const rows: ProblemRow[] = await db.query(
    importIds.map(() => one).join(' UNION ALL '),
    importIds.flatMap((id) => [id, row, row, number, page.first + 1]),
  );
  return pages(importIds, rows, page, (problem) => ({
    rowNumber: problem.row_no,
    number: problem.number,
    heading: problem.heading,
    code: problem.code,
    message: { zh: problem.message_zh, en: problem.message_en },
  }));
}

/** The same page of the ids of members that each of these imports' files did not name, in one statement; the cursor is the id. */
export async function missingMembersOf(
  db: EntityManager,
  importIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<string>>> {
  const one = `(SELECT import_id, member_id FROM roster_missing
    WHERE import_id = ? AND member_id > ? ORDER BY member_id LIMIT ?)`;
  const rows: { import_id: string; member_id: string }[] = await db.query(
    importIds.map(() => one).join(' UNION ALL '),
    importIds.flatMap((id) => [id, page.after ?? '', page.first + 1]),
  );
  return pages(importIds, rows, page, (missing) => missing.member_id);
}

function pages<R extends { import_id: string }, T>(
  importIds: readonly string[],
  rows: readonly R[],
  page: PageRequest,
  item: (row: R) => T,
): Map<string, Page<T>> {
  const of = (id: string) => rows.filter((row) => row.import_id === id).map(item);
  return new Map(importIds.map((id) => [id, pageOf(of(id), page)]));
}

interface Row {
  id: string;
  union_id: string;
  requested_by: string;
  file_name: string;
  storage_key: string;
  file_sha256: Buffer;
  is_full: number;
  state: ImportState;
  rows_read: number;
  rows_done: number;
  rows_bad: number;
  members_created: number;
  members_updated: number;
  members_unchanged: number;
  members_missing: number;
  failure_code: string | null;
  failure_zh: string | null;
  failure_en: string | null;
  created_at: Date;
  finished_at: Date | null;
}

interface ProblemRow {
  import_id: string;
  row_no: number;
  number: number;
  heading: string;
  code: string;
  message_zh: string;
  message_en: string;
}

function rosterImport(row: Row): RosterImport {
  const { failure_code: code, failure_zh: zh, failure_en: en } = row;
  return {
    id: row.id,
    unionId: row.union_id,
    requestedBy: row.requested_by,
    fileName: row.file_name,
    storageKey: row.storage_key,
    fileSha256: row.file_sha256,
    isFull: row.is_full === 1,
    state: row.state,
    rowsRead: row.rows_read,
    rowsDone: row.rows_done,
    rowsBad: row.rows_bad,
    membersCreated: row.members_created,
    membersUpdated: row.members_updated,
    membersUnchanged: row.members_unchanged,
    membersMissing: row.members_missing,
    failure: code === null ? null : { code, message: { zh: zh ?? '', en: en ?? '' } },
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}
