import type { Deps } from '../platform/deps.ts';
import { removePrinterFile } from './printer-file.ts';

const AT_ONCE = 100;

/** Deletes the printer files that are 30 days old: they are full of names and whole numbers. Returns how many. */
export async function sweepFiles({ db, config, clock }: Deps): Promise<number> {
  for (let swept = 0; ; ) {
    const due: { id: string }[] = await db.query(
      'SELECT id FROM card_batch WHERE file_until <= ? ORDER BY file_until LIMIT ?',
      [clock.now(), AT_ONCE],
    );
    if (due.length === 0) return swept;
    // The file first: when this is cut off the row still says that there is something to delete.
    for (const { id } of due) await removePrinterFile(config, id);
    await db.query('UPDATE card_batch SET file_until = NULL WHERE id IN (?)', [due.map(({ id }) => id)]);
    swept += due.length;
  }
}
