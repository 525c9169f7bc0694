import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { points } from '../../platform/points.ts';
import { Lottery } from '../lottery.entity.ts';
import type { LotteryTerms, LotteryTimes } from './terms.ts';

/** A lottery to be made, of terms that were checked. */
export interface NewLottery extends LotteryTimes {
  programmeId: string;
  templateId: string | null;
  /** Of the draw, "2026-09". */
  month: string;
  name: string;
  terms: LotteryTerms;
}

/** Writes the draft of a lottery. Resolves with its id. */
export async function writeLottery(tx: Tx, { terms, ...lottery }: NewLottery, now: Date): Promise<string> {
  const id = newId();
  const fixed = { state: 'draft' as const, reservedPoints: points(0), drawNumber: 1, createdAt: now };
  await tx.insert(Lottery, { id, ...lottery, ...ownTerms(terms), ...fixed });
  await writeTables(tx, id, terms);
  return id;
}

/** Writes new terms over those of a draft. */
export async function rewriteLottery(
  tx: Tx,
  id: string,
  { terms, ...lottery }: LotteryTimes & { month: string; name: string; terms: LotteryTerms },
): Promise<void> {
  await tx.update(Lottery, { id, state: 'draft' }, { ...lottery, ...ownTerms(terms), trouble: null });
  for (const table of ['lottery_prize', 'lottery_ticket_rule', 'lottery_party']) {
    await tx.query(`DELETE FROM ${table} WHERE lottery_id = ?`, [id]);
  }
  await writeTables(tx, id, terms);
}

/** The terms that stand in the lottery's own row. */
function ownTerms({ prizes: _prizes, ticketRules: _rules, parties: _parties, ...own }: LotteryTerms) {
  return own;
}

async function writeTables(tx: Tx, id: string, { prizes, ticketRules, parties }: LotteryTerms): Promise<void> {
  await insertRows(
    tx,
    'lottery_prize',
    ['lottery_id', 'number', 'tier', 'name', 'kind', 'points', 'offer_id', 'quantity'],
    prizes.map((prize, i) => {
      const { tier, name, kind, offerId, quantity } = prize;
      return [id, i + 1, tier, name, kind, prize.points ?? 0, offerId, quantity];
    }),
  );
  await insertRows(
    tx,
    'lottery_ticket_rule',
    ['lottery_id', 'rule_id', 'tickets'],
    ticketRules.map(({ ruleId, tickets }) => [id, ruleId, tickets]),
  );
  await insertRows(
    tx,
    'lottery_party',
    ['lottery_id', 'draw_number', 'number', 'name', 'operator_id'],
    parties.map(({ name, operatorId }, i) => [id, 1, i + 1, name, operatorId]),
  );
}
