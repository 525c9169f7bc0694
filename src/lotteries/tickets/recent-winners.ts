import type { EntityManager } from 'typeorm';
import type { Lottery } from '../lottery.entity.ts';

type LeavingOut = Pick<Lottery, 'id' | 'programmeId' | 'month' | 'leavesOutMonths'>;

// A win that was taken away, or that nobody came for, leaves nobody out.
const WON = `lottery_win w JOIN lottery l ON l.id = w.lottery_id
  WHERE l.programme_id = ? AND l.id <> ? AND l.month >= ? AND l.month <= ?
    AND w.state NOT IN ('lapsed', 'disqualified', 'void')`;

/**
 * The members who take no part in a lottery since they won lately: in another one of its programme, of its own month or
 * of as many months before as it says.
 */
export async function recentWinners(db: EntityManager, lottery: LeavingOut): Promise<Set<string>> {
  if (lottery.leavesOutMonths === 0) return new Set();
  const rows: { id: string }[] = await db.query(`SELECT DISTINCT w.member_id AS id FROM ${WON}`, wonSince(lottery));
  return new Set(rows.map(({ id }) => id));
}

/** Whether a member is one of `recentWinners`. */
export async function hasWonLately(db: EntityManager, lottery: LeavingOut, memberId: string): Promise<boolean> {
  if (lottery.leavesOutMonths === 0) return false;
  const rows = await db.query(`SELECT 1 FROM ${WON} AND w.member_id = ? LIMIT 1`, [...wonSince(lottery), memberId]);
  return rows.length > 0;
}

function wonSince({ id, programmeId, month, leavesOutMonths }: LeavingOut): string[] {
  return [programmeId, id, monthsBefore(month, leavesOutMonths), month];
}

/** The month so many months before. */
export function monthsBefore(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 - count, 1)).toISOString().slice(0, 7);
}
