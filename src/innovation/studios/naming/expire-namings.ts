import { beijingDay } from '../../../platform/clock.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';

/** Ends the names whose term was over before today. Resolves with how many. */
export async function expireNamings({ db, clock }: Deps): Promise<number> {
  const today = beijingDay(clock.now());
  const { affectedRows } = await inTransaction(db, (tx) =>
    tx.query<{ affectedRows: number }>(
      "UPDATE studio_naming SET state = 'expired', ended_on = ends_on WHERE is_named = 1 AND ends_on < ?",
      [today],
    ),
  );
  return affectedRows;
}
