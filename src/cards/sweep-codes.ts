import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';

// A code that is 60 seconds old, by a phone's clock that may run 30 ahead, is refused for its age. The rest is for
// servers whose clocks differ.
const KEPT_MS = 5 * 60_000;
const AT_ONCE = 1000;

/** Forgets the used codes that are too old to be read again. Returns how many. */
export async function sweepCodes({ db, clock }: Deps): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS);
  const statement = 'DELETE FROM card_code_use WHERE used_at < ? ORDER BY used_at, mac LIMIT ?';
  for (let swept = 0; ; ) {
    const { affectedRows } = await inTransaction(db, (tx) =>
      tx.query<{ affectedRows: number }>(statement, [before, AT_ONCE]),
    );
    swept += affectedRows;
    if (affectedRows < AT_ONCE) return swept;
  }
}
