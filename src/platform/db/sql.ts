import type { EntityManager } from 'typeorm';

/** A value that a statement can carry. */
export type SqlValue = string | number | boolean | Date | Buffer | null;

// max_allowed_packet is 16 MB by default and 1,000 rows of any table here stay far below it.
const ROWS_PER_STATEMENT = 1000;

/** Inserts rows set by set: one statement for each thousand. `after` may add an ON DUPLICATE KEY UPDATE clause. */
export async function insertRows(
  tx: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly SqlValue[][],
  after = '',
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    await tx.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ? ${after}`, [
      rows.slice(from, from + ROWS_PER_STATEMENT),
    ]);
  }
}

/**
 * Writes new values of one column into rows that exist, set by set. All NOT NULL columns without default must be given,
 * because MySQL and MariaDB share no other statement that updates many rows, each to its own value, by primary key.
 */
export async function updateRows(
  tx: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly SqlValue[][],
  changed: readonly string[],
): Promise<void> {
  const assignments = changed.map((column) => `${column} = VALUES(${column})`).join(', ');
  await insertRows(tx, table, columns, rows, `ON DUPLICATE KEY UPDATE ${assignments}`);
}
