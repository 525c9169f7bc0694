import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import type { PrizeKind } from '../set-up/terms.ts';
import { STANDING, type WinState } from './lottery-win.entity.ts';

/** A win with all that is shown of it. */
export interface WinLine {
  id: string;
  lotteryId: string;
  lotteryName: string;
  programmeId: string;
  drawNumber: number;
  place: number;
  memberId: string;
  /** In full: mask it before it leaves. */
  memberName: string;
  unionName: string;
  tier: number;
  prizeName: string;
  kind: PrizeKind;
  points: Points;
  grantId: string;
  /** Which of the grant's tickets, from 1. */
  ticket: number;
  state: WinState;
  reason: string | null;
  redemptionId: string | null;
  collectUntil: Date | null;
  settledAt: Date | null;
  drawnAgain: number | null;
}

const WINS = `
  SELECT w.id, w.lottery_id AS lotteryId, l.name AS lotteryName, l.programme_id AS programmeId,
         w.draw_number AS drawNumber, w.place, w.member_id AS memberId, m.name AS memberName, u.name AS unionName,
         p.tier, p.name AS prizeName, p.kind, p.points, w.grant_id AS grantId, w.ticket, w.state, w.reason,
         w.redemption_id AS redemptionId, w.collect_until AS collectUntil, w.settled_at AS settledAt,
         w.drawn_again AS drawnAgain
  FROM lottery_win w JOIN lottery l ON l.id = w.lottery_id
  JOIN lottery_prize p ON p.lottery_id = w.lottery_id AND p.number = w.prize_number
  JOIN member m ON m.id = w.member_id JOIN union_node u ON u.id = m.union_id`;

/** The cursor of a win in its lottery's list. */
export function winCursor({ drawNumber, place }: WinLine): string {
  return `${drawNumber}:${place}`;
}

/** A page of the wins of a lottery by draw and place, in every state or in some; the cursor is `winCursor`. */
export async function winsOfLottery(
  db: EntityManager,
  lotteryId: string,
  page: PageRequest,
  states?: readonly WinState[],
): Promise<Page<WinLine>> {
  const [draw = 0, place = 0] = page.after?.split(':').map((part) => Number(part) || 0) ?? [];
  const [inStates, values] = states ? ['AND w.state IN (?)', [states]] : ['', []];
  const rows: WinLine[] = await db.query(
    `${WINS} WHERE w.lottery_id = ? AND (w.draw_number > ? OR (w.draw_number = ? AND w.place > ?)) ${inStates}
     ORDER BY w.draw_number, w.place LIMIT ?`,
    [lotteryId, draw, draw, place, ...values, page.first + 1],
  );
  return pageOf(rows.map(toWin), page);
}

/** A page of the wins of a lottery that stand: those on its notice. */
export function standingWins(db: EntityManager, lotteryId: string, page: PageRequest): Promise<Page<WinLine>> {
  return winsOfLottery(db, lotteryId, page, STANDING);
}

/** A page of what a member has won, newest first; the cursor is the id. */
export async function winsOfMember(db: EntityManager, memberId: string, page: PageRequest): Promise<Page<WinLine>> {
  const [before, values] = page.after === undefined ? ['', []] : ['AND w.id < ?', [page.after]];
  const rows: WinLine[] = await db.query(`${WINS} WHERE w.member_id = ? ${before} ORDER BY w.id DESC LIMIT ?`, [
    memberId,
    ...values,
    page.first + 1,
  ]);
  return pageOf(rows.map(toWin), page);
}

/** The win of this id, or null. */
export async function findWin(db: EntityManager, id: string): Promise<WinLine | null> {
  const [row]: WinLine[] = await db.query(`${WINS} WHERE w.id = ?`, [id]);
  return row ? toWin(row) : null;
}

function toWin(row: WinLine): WinLine {
  return { ...row, points: pointsFromSql(row.points) };
}
