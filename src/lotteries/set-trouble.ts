import type { EntityManager } from 'typeorm';
import type { Trouble } from './lottery.entity.ts';

/** Writes down why a step that is due was not taken; the step that succeeds clears it. */
export async function setTrouble(db: EntityManager, lotteryId: string, trouble: Trouble | null): Promise<void> {
  await db.query('UPDATE lottery SET trouble = ? WHERE id = ?', [trouble, lotteryId]);
}
