import type { Tx } from '../../platform/db/transaction.ts';
import { readDraw } from '../draw/draw-queries.ts';
import { lockLottery } from '../lottery.ts';
import type { DrandRound } from '../proof/drand.ts';

/**
 * Keeps a round that quicknet signed (`flawOfRound` found nothing) for the draw that announced it. Whether it was wanted:
 * a second one finds the first.
 */
export async function keepRound(tx: Tx, lotteryId: string, { round, signature }: DrandRound): Promise<boolean> {
  const lottery = await lockLottery(tx, lotteryId);
  if (lottery?.state !== 'frozen') return false;
  const draw = await readDraw(tx, lotteryId, lottery.drawNumber);
  if (draw.announcement === null || draw.drandRound !== round || draw.drandSignature !== null) return false;
  await tx.query('UPDATE lottery_draw SET drand_signature = ? WHERE lottery_id = ? AND number = ?', [
    Buffer.from(signature, 'hex'),
    lotteryId,
    draw.number,
  ]);
  return true;
}
