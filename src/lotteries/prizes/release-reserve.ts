import { post } from '../../ledger/post.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { points, pointsFromSql } from '../../platform/points.ts';
import type { Lottery } from '../lottery.entity.ts';
import { giveStockBack } from './prize-stock.ts';

/**
 * Gives back what is left of a locked lottery whose prizes and refunds are all done: of the points that were set aside
 * and brought by tickets, what no prize took, to the budget; of the pieces of vouchers, what nobody won, to stock.
 */
export async function releaseReserve(tx: Tx, lottery: Lottery, now: Date): Promise<void> {
  const { id, programmeId, reservedPoints } = lottery;
  const prizes = await paidOf(tx, id);
  const paid = prizes.reduce((sum, { count, worth }) => sum + count * worth, 0);
  const left = reservedPoints + (await soldFor(tx, lottery)) - paid;
  if (left < 0) throw new Error(`lottery ${id} paid ${-left} points more than it had`);
  // Stock is locked before the budget, as by everybody else.
  const pieces = new Map<string, number>();
  for (const { offerId, quantity, count } of prizes) {
    if (offerId !== null && quantity > count) pieces.set(offerId, (pieces.get(offerId) ?? 0) + quantity - count);
  }
  if (pieces.size > 0) await giveStockBack(tx, pieces, now);
  if (left > 0) {
    const release = {
      programmeId,
      kind: 'release' as const,
      debit: { kind: 'prizes' as const, ownerId: programmeId },
      credit: { kind: 'issuance' as const, ownerId: programmeId },
      points: points(left),
      key: `lottery:${id}:release`,
      causeId: id,
    };
    const [released] = await post(tx, [release], now);
    if (!released?.ok) throw new Error(`the prizes account cannot refuse, and did: ${released?.refusal.code}`);
  }
}

/** How many pieces of each prize were paid, and what one is worth. Things that were collected took no points. */
async function paidOf(
  tx: Tx,
  lotteryId: string,
): Promise<{ offerId: string | null; quantity: number; worth: number; count: number }[]> {
  const rows: { offerId: string | null; quantity: number; points: number; count: string }[] = await tx.query(
    `SELECT p.offer_id AS offerId, p.quantity, p.points, COUNT(w.id) AS count
     FROM lottery_prize p
     LEFT JOIN lottery_win w ON w.lottery_id = p.lottery_id AND w.prize_number = p.number AND w.state = 'paid'
     WHERE p.lottery_id = ? GROUP BY p.number, p.offer_id, p.quantity, p.points`,
    [lotteryId],
  );
  return rows.map(({ points: worth, count, ...row }) => ({
    ...row,
    worth: pointsFromSql(worth),
    count: Number(count),
  }));
}

/** What was paid for tickets and not refunded. */
async function soldFor(tx: Tx, { id, ticketPrice }: Lottery): Promise<number> {
  const [row]: { tickets: string | null }[] = await tx.query(
    `SELECT SUM(tickets) AS tickets FROM lottery_grant
     WHERE lottery_id = ? AND source = 'bought' AND refunded_at IS NULL`,
    [id],
  );
  return Number(row!.tickets ?? 0) * (ticketPrice ?? 0);
}
