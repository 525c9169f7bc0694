import type { EntityManager } from 'typeorm';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import type { Lottery } from '../lottery.entity.ts';
import type { LotteryAsked } from './create-lottery.ts';
import type { PrizeKind, TicketRule } from './terms.ts';

/** A line of a lottery's prize table. */
export interface LotteryPrize {
  lotteryId: string;
  /** From 1, in the order in which they are drawn. */
  number: number;
  tier: number;
  name: string;
  kind: PrizeKind;
  /** Of each piece: what the member gets, or from the opening on what the merchant of a voucher gets; else 0. */
  points: Points;
  offerId: string | null;
  quantity: number;
}

/** A party of a draw. */
export interface LotteryParty {
  lotteryId: string;
  drawNumber: number;
  /** From 1. */
  number: number;
  name: string;
  operatorId: string;
  commitment: Buffer | null;
  committedAt: Date | null;
  reveal: Buffer | null;
  revealedAt: Date | null;
}

/** The prize tables of lotteries, in order. Every id that was asked has an entry. */
export async function prizesOf(db: EntityManager, lotteryIds: readonly string[]): Promise<Map<string, LotteryPrize[]>> {
  const rows: LotteryPrize[] = await db.query(
    `SELECT lottery_id AS lotteryId, number, tier, name, kind, points, offer_id AS offerId, quantity
     FROM lottery_prize WHERE lottery_id IN (?) ORDER BY lottery_id, number`,
    [['', ...lotteryIds]],
  );
  return byLottery(
    lotteryIds,
    rows.map((row) => ({ ...row, points: pointsFromSql(row.points) })),
  );
}

/** The rules that give tickets of lotteries. Every id that was asked has an entry. */
export async function ticketRulesOf(
  db: EntityManager,
  lotteryIds: readonly string[],
): Promise<Map<string, (TicketRule & { lotteryId: string })[]>> {
  const rows: (TicketRule & { lotteryId: string })[] = await db.query(
    `SELECT lottery_id AS lotteryId, rule_id AS ruleId, tickets FROM lottery_ticket_rule
     WHERE lottery_id IN (?) ORDER BY lottery_id, rule_id`,
    [['', ...lotteryIds]],
  );
  return byLottery(lotteryIds, rows);
}

/** The parties of every draw of lotteries, by draw and number. Every id that was asked has an entry. */
export async function partiesOf(
  db: EntityManager,
  lotteryIds: readonly string[],
): Promise<Map<string, LotteryParty[]>> {
  const rows: LotteryParty[] = await db.query(
    `SELECT lottery_id AS lotteryId, draw_number AS drawNumber, number, name, operator_id AS operatorId, commitment,
            committed_at AS committedAt, reveal, revealed_at AS revealedAt
     FROM lottery_party WHERE lottery_id IN (?) ORDER BY lottery_id, draw_number, number`,
    [['', ...lotteryIds]],
  );
  return byLottery(lotteryIds, rows);
}

/** A draft as its admin set it up. */
export async function lotteryAsked(db: EntityManager, lottery: Lottery): Promise<LotteryAsked> {
  const { id, name, opensAt, freezesAt, drawsAt } = lottery;
  const [prizes, rules, parties] = [await prizesOf(db, [id]), await ticketRulesOf(db, [id]), await partiesOf(db, [id])];
  const { freeTickets, ticketPrice, boughtAtMost, ticketsAtMost, leavesOutMonths } = lottery;
  const { noticeWorkingDays, collectDays, entropy, revealHours } = lottery;
  const terms = {
    prizes: prizes.get(id)!.map(({ lotteryId: _id, number: _number, points, ...prize }) => ({
      ...prize,
      points: prize.kind === 'points' ? points : null,
    })),
    freeTickets,
    ticketRules: rules.get(id)!.map(({ ruleId, tickets }) => ({ ruleId, tickets })),
    ticketPrice,
    boughtAtMost,
    ticketsAtMost,
    leavesOutMonths,
    noticeWorkingDays,
    collectDays,
    entropy,
    revealHours,
    parties: parties.get(id)!.map((party) => ({ name: party.name, operatorId: party.operatorId })),
  };
  return { name, opensAt, freezesAt, drawsAt, terms };
}

function byLottery<T extends { lotteryId: string }>(ids: readonly string[], rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>(ids.map((id) => [id, []]));
  for (const row of rows) found.get(row.lotteryId)?.push(row);
  return found;
}
