import type { EntityManager } from 'typeorm';
import { insertRows } from '../../../platform/db/sql.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { EntryRole } from '../entry-member.entity.ts';

/** A good row of a checked file, until it is entered. Rows with the same first row make an entry together. */
export interface StagedRow {
  rowNo: number;
  firstRow: number;
  memberId: string;
  /** Of the entry. */
  unionId: string;
  divisionId: string | null;
  role: EntryRole;
  /** Of the team; null where no teams enter. */
  name: string | null;
}

/** Which of these members good rows of the import name, and in which row. */
export async function stagedMembers(
  db: EntityManager,
  importId: string,
  memberIds: readonly string[],
): Promise<Map<string, number>> {
  if (memberIds.length === 0) return new Map();
  const rows: { memberId: string; rowNo: number }[] = await db.query(
    'SELECT member_id AS memberId, row_no AS rowNo FROM entry_import_row WHERE import_id = ? AND member_id IN (?)',
    [importId, memberIds],
  );
  return new Map(rows.map(({ memberId, rowNo }) => [memberId, rowNo]));
}

/** The paths of the unions of the import's good parties, and how many there are of each. */
export async function stagedParties(db: EntityManager, importId: string): Promise<[string, number][]> {
  const rows: { path: string; parties: string }[] = await db.query(
    `SELECT u.path, COUNT(*) AS parties FROM entry_import_row r JOIN union_node u ON u.id = r.union_id
     WHERE r.import_id = ? AND r.row_no = r.first_row GROUP BY u.path`,
    [importId],
  );
  return rows.map(({ path, parties }) => [path, Number(parties)]);
}

export async function stageRows(tx: Tx, importId: string, rows: readonly StagedRow[]): Promise<void> {
  await insertRows(
    tx,
    'entry_import_row',
    ['import_id', 'row_no', 'first_row', 'member_id', 'union_id', 'division_id', 'role', 'name'],
    rows.map((one) => [
      ...[importId, one.rowNo, one.firstRow, one.memberId, one.unionId],
      ...[one.divisionId, one.role, one.name],
    ]),
  );
}

const ROWS_AT_ONCE = 1000;

/** The parties whose rows are next to enter, whole ones; none when all are done. */
export async function nextParties(db: EntityManager, importId: string): Promise<StagedRow[][]> {
  const rows: StagedRow[] = await db.query(
    `SELECT row_no AS rowNo, first_row AS firstRow, member_id AS memberId, union_id AS unionId,
       division_id AS divisionId, role, name
     FROM entry_import_row WHERE import_id = ? ORDER BY row_no LIMIT ?`,
    [importId, ROWS_AT_ONCE],
  );
  const parties: StagedRow[][] = [];
  for (const row of rows) {
    const last = parties.at(-1);
    if (last?.[0]?.firstRow === row.firstRow) last.push(row);
    else parties.push([row]);
  }
  // The last one may go on beyond what was read; a party is far smaller than that.
  return rows.length < ROWS_AT_ONCE ? parties : parties.slice(0, -1);
}

/** Strikes rows out that are done with. */
export async function strikeRows(tx: Tx, importId: string, rows: readonly StagedRow[]): Promise<void> {
  await tx.query('DELETE FROM entry_import_row WHERE import_id = ? AND row_no <= ?', [importId, rows.at(-1)!.rowNo]);
}
