import type { EntityManager } from 'typeorm';
import { type LotteryParty, partiesOf } from '../set-up/set-up-queries.ts';
import { LotteryDraw } from './lottery-draw.entity.ts';

/** One draw of a lottery, which has it; its transcript is left out. */
export async function readDraw(db: EntityManager, lotteryId: string, number: number): Promise<LotteryDraw> {
  return db.findOneByOrFail(LotteryDraw, { lotteryId, number });
}

/** All draws of a lottery, the first first: a handful. Their transcripts are left out. */
export async function drawsOf(db: EntityManager, lotteryId: string): Promise<LotteryDraw[]> {
  return db.find(LotteryDraw, { where: { lotteryId }, order: { number: 'ASC' } });
}

/** The parties of one draw, in the order in which they are named. */
export async function partiesOfDraw(
  db: EntityManager,
  { lotteryId, number }: Pick<LotteryDraw, 'lotteryId' | 'number'>,
): Promise<LotteryParty[]> {
  const parties = (await partiesOf(db, [lotteryId])).get(lotteryId)!;
  return parties.filter(({ drawNumber }) => drawNumber === number);
}
