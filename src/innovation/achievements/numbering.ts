import type { Tx } from '../../platform/db/transaction.ts';

/** The next number of a season, from 1, without a gap: whoever else wants one waits for the commit. */
export async function nextNumber(tx: Tx, seasonId: string): Promise<number> {
  await tx.query(
    'INSERT INTO achievement_numbering (season_id, last) VALUES (?, 1) ON DUPLICATE KEY UPDATE last = last + 1',
    [seasonId],
  );
  const [row] = await tx.query<{ last: number }[]>('SELECT last FROM achievement_numbering WHERE season_id = ?', [
    seasonId,
  ]);
  return row!.last;
}
