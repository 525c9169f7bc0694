import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';

const HOLDS_AT_ONCE = 500;

/**
 * Writes down which held charges have lapsed; they count as lapsed from the instant itself, so nothing waits for this.
 * What the member confirms or declines at this moment stays so. Returns how many were written down.
 */
export async function lapseHolds({ db, clock }: Deps): Promise<number> {
  let lapsed = 0;
  for (;;) {
    const now = clock.now();
    const due: { id: string }[] = await db.query(
      "SELECT id FROM charge WHERE state = 'held' AND hold_until <= ? ORDER BY hold_until LIMIT ?",
      [now, HOLDS_AT_ONCE],
    );
    if (due.length === 0) return lapsed;
    const ids = due.map(({ id }) => id).sort();
    const { affectedRows } = await inTransaction(db, (tx) =>
      tx.query("UPDATE charge SET state = 'lapsed' WHERE id IN (?) AND state = 'held' AND hold_until <= ?", [ids, now]),
    );
    lapsed += affectedRows;
  }
}
