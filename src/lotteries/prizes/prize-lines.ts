import type { EntityManager } from 'typeorm';
import type { DrawnPrize } from '../draw/lottery-draw.entity.ts';
import { type LotteryPrize, prizesOf } from '../set-up/set-up-queries.ts';

const DIGITS = '零一二三四五六七八九';

/** 1 is 一等奖; beyond nine the figure is clearer. */
export function tierName(tier: number): string {
  return `${DIGITS[tier] ?? tier}等奖`;
}

/**
 * The prize table of a draw in the order in which it is drawn: all of the lottery's, or of `again` those and so many.
 */
export async function prizeLines(
  db: EntityManager,
  lotteryId: string,
  again: readonly DrawnPrize[] | null,
): Promise<LotteryPrize[]> {
  const prizes = (await prizesOf(db, [lotteryId])).get(lotteryId) ?? [];
  if (again === null) return prizes;
  const quantities = new Map(again.map(({ prize, quantity }) => [prize, quantity]));
  return prizes.flatMap((line) => {
    const quantity = quantities.get(line.number);
    return quantity === undefined ? [] : [{ ...line, quantity }];
  });
}
