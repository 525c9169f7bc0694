import type { EntityManager } from 'typeorm';
import { beijingDay } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import type { Served } from '../../contracts/contracts.ts';
import { firstDay, nextMonth } from '../months.ts';
import { rateOn, ratesOf } from '../rates.ts';
import { prepaidTooLow } from '../refusals.ts';

/** Adds what was paid in to a merchant's prepaid balance. */
export async function payIn(tx: Tx, { programmeId, merchantId }: Served, fen: number): Promise<void> {
  await tx.query(
    `INSERT INTO prepaid_balance (programme_id, merchant_id, fen) VALUES (?, ?, ?)
     ON DUPLICATE KEY UPDATE fen = fen + VALUES(fen)`,
    [programmeId, merchantId, fen],
  );
}

/**
 * Takes what a statement says from a merchant's prepaid balance, or adds it where the statement is below zero. Refusal:
 * PREPAID_TOO_LOW.
 */
export async function drawOn(tx: Tx, { programmeId, merchantId }: Served, fen: number): Promise<Result<void>> {
  if (fen <= 0) {
    await payIn(tx, { programmeId, merchantId }, -fen);
    return accept(undefined);
  }
  const { affectedRows } = await tx.query(
    'UPDATE prepaid_balance SET fen = fen - ? WHERE programme_id = ? AND merchant_id = ? AND fen >= ?',
    [fen, programmeId, merchantId, fen],
  );
  if (affectedRows === 1) return accept(undefined);
  const balances = await balancesOf(tx, programmeId, [merchantId]);
  return refuse(prepaidTooLow(balances.get(merchantId) ?? 0, fen));
}

/** The prepaid balances of merchants in a programme, in fen; absent where nothing was ever paid in. */
export async function balancesOf(
  db: EntityManager,
  programmeId: string,
  merchantIds: readonly string[],
): Promise<Map<string, number>> {
  if (merchantIds.length === 0) return new Map();
  const rows: { merchantId: string; fen: number | string }[] = await db.query(
    'SELECT merchant_id AS merchantId, fen FROM prepaid_balance WHERE programme_id = ? AND merchant_id IN (?)',
    [programmeId, merchantIds],
  );
  return new Map(rows.map(({ merchantId, fen }) => [merchantId, Number(fen)]));
}

/**
 * What will be left of prepaid balances once everything that happened until now is settled, in fen, by the merchant's
 * id: the balance without the prepaid statements that are not paid yet, and without what no statement has yet, at
 * today's rate. Below zero where more was used than paid in.
 */
export async function leftOf(
  db: EntityManager,
  programmeId: string,
  merchantIds: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  if (merchantIds.length === 0) return new Map();
  const balances = await balancesOf(db, programmeId, merchantIds);
  const due: { merchantId: string; fen: string }[] = await db.query(
    `SELECT merchant_id AS merchantId, SUM(fen) AS fen FROM settlement_statement
     WHERE programme_id = ? AND state IN ('draft', 'sent', 'disputed', 'confirmed') AND settlement = 'prepaid'
       AND merchant_id IN (?) GROUP BY merchant_id`,
    [programmeId, merchantIds],
  );
  const left = new Map(merchantIds.map((id) => [id, balances.get(id) ?? 0]));
  const take = (merchantId: string, fen: number) => left.set(merchantId, left.get(merchantId)! - fen);
  for (const { merchantId, fen } of due) take(merchantId, Number(fen));
  const rates = await ratesOf(db, programmeId, merchantIds);
  for (const { merchantId, points } of await unsettledPoints(db, programmeId, merchantIds)) {
    take(merchantId, points * rateOn(rates.get(merchantId)!.steps, beijingDay(now)));
  }
  return left;
}

/** What merchants were given since their last month was closed, by the ledger's daily sums. */
async function unsettledPoints(db: EntityManager, programmeId: string, merchantIds: readonly string[]) {
  const accounts: { id: string; merchantId: string; closedMonth: string | null }[] = await db.query(
    `SELECT account.id, account.owner_id AS merchantId, mark.closed_month AS closedMonth
     FROM account LEFT JOIN settlement_mark mark ON mark.account_id = account.id
     WHERE account.programme_id = ? AND account.kind = 'merchant' AND account.owner_id IN (?)`,
    [programmeId, merchantIds],
  );
  if (accounts.length === 0) return [];
  const since = accounts.map(({ closedMonth }) => (closedMonth ? firstDay(nextMonth(closedMonth)) : '2000-01-01'));
  const rows: { accountId: string; points: string }[] = await db.query(
    `SELECT account_id AS accountId, SUM(credited - debited) AS points FROM account_day
     WHERE ${accounts.map(() => '(account_id = ? AND day >= ?)').join(' OR ')} GROUP BY account_id`,
    accounts.flatMap(({ id }, i) => [id, since[i]]),
  );
  const points = new Map(rows.map((row) => [row.accountId, Number(row.points)]));
  return accounts.map(({ id, merchantId }) => ({ merchantId, points: points.get(id) ?? 0 }));
}
