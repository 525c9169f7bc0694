import type { EntityManager } from 'typeorm';
import { readPage } from '../../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../../platform/graphql/connection.ts';
import { groupBy } from '../../../platform/group-by.ts';
import type { NumberedProblem } from '../../../unions/roster/queries.ts';
import { EntryImport } from './entry-import.entity.ts';

/** A page of the imports of a union into a competition, newest first; the cursor is the id. */
export async function importsOf(
  db: EntityManager,
  { unionId, competitionId }: Pick<EntryImport, 'unionId' | 'competitionId'>,
  page: PageRequest,
): Promise<Page<EntryImport>> {
  const query = db.createQueryBuilder(EntryImport, 'i').where({ unionId, competitionId });
  return readPage(query, 'i.id', page, 'DESC');
}

/** Whether entries of the competition are still being made of a file: its stages wait for that. */
export async function importsUnderWay(db: EntityManager, competitionId: string): Promise<boolean> {
  return db.existsBy(EntryImport, { competitionId, state: 'importing' });
}

interface ProblemRow {
  importId: string;
  rowNumber: number;
  number: number;
  heading: string;
  code: string;
  zh: string;
  en: string;
}

/** The same page of the problems of each of these imports, by row, in one statement; the cursor is "row.number". */
export async function problemsOf(
  db: EntityManager,
  importIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<NumberedProblem>>> {
  const [row = 0, number = 0] = (page.after ?? '').split('.').map((part) => Number(part) || 0);
  const one = `(SELECT import_id AS importId, row_no AS rowNumber, number, heading, code, message_zh AS zh, message_en AS en
    FROM entry_import_problem WHERE import_id = ? AND row_no >= ? AND (row_no > ? OR number > ?)
    ORDER BY row_no, number LIMIT ?)`;
  const rows: ProblemRow[] = await db.query(
    importIds.map(() => one).join(' UNION ALL '),
    importIds.flatMap((id) => [id, row, row, number, page.first + 1]),
  );
  const byImport = groupBy(rows, ({ importId }) => importId);
  const problem = ({ importId: _importId, zh, en, ...rest }: ProblemRow) => ({ ...rest, message: { zh, en } });
  return new Map(importIds.map((id) => [id, pageOf((byImport.get(id) ?? []).map(problem), page)]));
}
