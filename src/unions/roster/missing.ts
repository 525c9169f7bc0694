import type { Tx } from '../../platform/db/transaction.ts';
import type { RosterImport } from './queries.ts';

/**
 * Puts every member of the branch who has not left on the list of those that a full roster does not name. Who is named
 * is struck off batch by batch, in the batch's transaction, so that the list is right wherever a run is cut off.
 */
export async function listBranchAsMissing(tx: Tx, { id, unionId }: RosterImport): Promise<void> {
  await tx.query(
    `INSERT INTO roster_missing (import_id, member_id)
     SELECT ?, member.id FROM member
       JOIN union_node u ON u.id = member.union_id
       JOIN union_node top ON top.id = ? AND u.path LIKE CONCAT(top.path, '%')
     WHERE member.state <> 'left'`,
    [id, unionId],
  );
}

/** Strikes members off the list, because the file names them. */
export async function strikeNamed(tx: Tx, { id }: RosterImport, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return;
  await tx.query('DELETE FROM roster_missing WHERE import_id = ? AND member_id IN (?)', [id, memberIds]);
}
