import type { EntityManager } from 'typeorm';

/** How many tickets somebody has in a lottery. Those of grants that were left out or refunded do not count. */
export interface TicketCount {
  all: number;
  bought: number;
}

export const NO_TICKETS: TicketCount = { all: 0, bought: 0 };

const SUMS = "SUM(tickets) AS total, SUM(IF(source = 'bought', tickets, 0)) AS bought";
const COUNTED = 'left_out IS NULL AND refunded_at IS NULL';

/** The tickets of members in a lottery, by member; who has none is absent. */
export async function ticketCounts(
  db: EntityManager,
  lotteryId: string,
  memberIds: readonly string[],
): Promise<Map<string, TicketCount>> {
  if (memberIds.length === 0) return new Map();
  const rows: { id: string; total: string; bought: string }[] = await db.query(
    `SELECT member_id AS id, ${SUMS} FROM lottery_grant
     WHERE lottery_id = ? AND member_id IN (?) AND ${COUNTED} GROUP BY member_id`,
    [lotteryId, memberIds],
  );
  return new Map(rows.map(({ id, total, bought }) => [id, { all: Number(total), bought: Number(bought) }]));
}

/** The tickets of a member in lotteries, by lottery; one in which she has none is absent. */
export async function ticketCountsIn(
  db: EntityManager,
  memberId: string,
  lotteryIds: readonly string[],
): Promise<Map<string, TicketCount>> {
  const rows: { id: string; total: string; bought: string }[] = await db.query(
    `SELECT lottery_id AS id, ${SUMS} FROM lottery_grant
     WHERE member_id = ? AND lottery_id IN (?) AND ${COUNTED} GROUP BY lottery_id`,
    [memberId, ['', ...lotteryIds]],
  );
  return new Map(rows.map(({ id, total, bought }) => [id, { all: Number(total), bought: Number(bought) }]));
}
