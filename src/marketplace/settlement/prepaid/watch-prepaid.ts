import { beijingDay } from '../../../platform/clock.ts';
import { inTransaction, type Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/ids.ts';
import { leftOf } from './balance.ts';

interface Watched {
  merchantId: string;
  belowFen: number;
}

/**
 * Raises an alert for each prepaid merchant of whose balance less will be left than its contract says, and clears those
 * that are over. A merchant has one alert at a time, however often this runs. Resolves with how many are open.
 */
export async function watchPrepaid(deps: Deps): Promise<number> {
  const programmes: { id: string }[] = await deps.db.query('SELECT id FROM programme ORDER BY id');
  let open = 0;
  for (const { id } of programmes)
    open += await inTransaction(deps.db, (tx) => watchProgramme(tx, id, deps.clock.now()));
  return open;
}

async function watchProgramme(tx: Tx, programmeId: string, now: Date): Promise<number> {
  const watched = await watchedIn(tx, programmeId, now);
  const left = await leftOf(
    tx,
    programmeId,
    watched.map(({ merchantId }) => merchantId),
    now,
  );
  const low = watched.filter(({ merchantId, belowFen }) => left.get(merchantId)! < belowFen);
  for (const { merchantId, belowFen } of low) {
    await tx.query(
      `INSERT INTO prepaid_alert (id, programme_id, merchant_id, left_fen, below_fen, raised_at) VALUES (?)
       ON DUPLICATE KEY UPDATE left_fen = VALUES(left_fen), below_fen = VALUES(below_fen)`,
      [[newId(), programmeId, merchantId, left.get(merchantId)!, belowFen, now]],
    );
  }
  // SQL knows no empty list, and no merchant has the empty id.
  await tx.query(
    'UPDATE prepaid_alert SET cleared_at = ? WHERE programme_id = ? AND is_open = 1 AND merchant_id NOT IN (?)',
    [now, programmeId, ['', ...low.map(({ merchantId }) => merchantId)]],
  );
  return low.length;
}

/** The merchants whose contract of today asks to be watched. */
async function watchedIn(tx: Tx, programmeId: string, now: Date): Promise<Watched[]> {
  const day = beijingDay(now);
  const rows: { merchantId: string; belowFen: number | string }[] = await tx.query(
    `SELECT merchant_id AS merchantId, alert_below_fen AS belowFen FROM contract
     WHERE programme_id = ? AND settlement = 'prepaid' AND alert_below_fen IS NOT NULL
       AND from_day <= ? AND (until_day IS NULL OR until_day >= ?) ORDER BY merchant_id`,
    [programmeId, day, day],
  );
  return rows.map(({ merchantId, belowFen }) => ({ merchantId, belowFen: Number(belowFen) }));
}
