import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { lockStock, writeStock } from './stock.ts';

const OFFERS_AT_ONCE = 200;

/** Locks the stock of these offers and counts what is to be released by now; what was counted before is not again. */
export async function releaseDue(tx: Tx, offerIds: readonly string[], now: Date): Promise<void> {
  await writeStock(tx, await lockStock(tx, offerIds, now));
}

/**
 * Counts every release that is due into the stock of its offer, for whoever reads the stock; a purchase does so itself.
 * Returns how many offers had one.
 */
export async function releaseAllDue({ db, clock }: Deps, progress?: ReportProgress): Promise<number> {
  let released = 0;
  for (;;) {
    const now = clock.now();
    const due: { offer_id: string }[] = await db.query(
      'SELECT offer_id FROM offer_stock WHERE next_release_at <= ? ORDER BY next_release_at LIMIT ?',
      [now, OFFERS_AT_ONCE],
    );
    if (due.length === 0) return released;
    const offerIds = due.map((row) => row.offer_id);
    await inTransaction(db, (tx) => releaseDue(tx, offerIds, now));
    released += due.length;
    await progress?.({ done: released });
  }
}
