import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { loadBook } from './load-book.ts';
import { writeBook } from './write-book.ts';

const ACCOUNTS_AT_ONCE = 500;

/**
 * Moves the points of lapsed lots to breakage, account by account in batches. Opening a book does the deciding, so a
 * member who spends at this moment, or another machine that does the same, changes nothing. Returns how many transfers.
 */
export async function expireLots({ db, clock }: Deps, progress?: ReportProgress): Promise<number> {
  let expired = 0;
  for (;;) {
    const now = clock.now();
    const due: { programme_id: string; owner_id: string }[] = await db.query(
      `SELECT DISTINCT account.programme_id, account.owner_id
       FROM lot JOIN account ON account.id = lot.account_id
       WHERE lot.is_open = 1 AND lot.expires_at <= ? LIMIT ?`,
      [now, ACCOUNTS_AT_ONCE],
    );
    if (due.length === 0) return expired;
    const accounts = due.map((row) => ({
      programmeId: row.programme_id,
      ref: { kind: 'member' as const, ownerId: row.owner_id },
    }));
    expired += await inTransaction(db, async (tx) => {
      const book = await loadBook(tx, { accounts, keys: [] }, now);
      await writeBook(tx, book);
      return book.transfers.length;
    });
    await progress?.({ done: expired });
  }
}
