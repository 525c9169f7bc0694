import type { Tx } from '../platform/db/transaction.ts';
import { Notice } from './notice.entity.ts';

/**
 * A notice with all its versions locked until the transaction ends: whatever changes any of them, or an objection to
 * them, takes this lock first, so that what is read after it stays so. Null when there is none.
 */
export async function lockNotice(tx: Tx, id: string): Promise<Notice | null> {
  const found = await tx.findOneBy(Notice, { id });
  if (!found) return null;
  await tx.query('SELECT id FROM notice WHERE id = ? FOR UPDATE', [found.firstId]);
  return tx.findOneBy(Notice, { id });
}
