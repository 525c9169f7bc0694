import type { BeijingDay } from '../../platform/clock.ts';
import { enqueue } from '../../platform/db/outbox.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { points } from '../../platform/points.ts';
import { makeStatementFilesDefinition } from './job-definitions.ts';
import { type BeijingMonth, firstDay, lastDay } from './months.ts';
import { layDownRates, type Rates } from './rates.ts';
import { readTransfers, type SideSums } from './read-transfers.ts';

/** A merchant in a programme whose month is over. */
export interface Closing {
  programmeId: string;
  merchantId: string;
  /** The merchant's account in the programme. */
  accountId: string;
  month: BeijingMonth;
  rates: Rates;
}

/**
 * Closes a month for a merchant: the transfers of its account until the last day of the month, as far as no statement
 * has them, become the lines of a statement, with the corrections that were upheld since, and a draft of their sums.
 * Once for each month, however often and wherever it is called: the account's mark is locked and says which month was
 * last. Resolves with the statement's id, or null where there is nothing to say.
 */
export async function closeStatement(tx: Tx, closing: Closing, now: Date): Promise<string | null> {
  const { accountId, month, rates } = closing;
  const mark = await lockMark(tx, accountId);
  if (mark.closedMonth >= month) return null;
  const days = { fromDay: firstDay(month), lastDay: lastDay(month) };
  const reading = { accountId, lastDay: days.lastDay, steps: await layDownRates(tx, accountId, rates, days) };
  const credit = await readTransfers(tx, 'credit', { ...reading, after: mark.creditId });
  const debit = await readTransfers(tx, 'debit', { ...reading, after: mark.debitId });
  await tx.query('UPDATE settlement_mark SET credit_id = ?, debit_id = ?, closed_month = ? WHERE account_id = ?', [
    credit.until,
    debit.until,
    month,
    accountId,
  ]);
  const corrections = await upheldCorrections(tx, closing);
  if (credit.lines + debit.lines + corrections.length === 0) return null;
  const statementId = newId();
  await writeStatement(tx, closing, { id: statementId, mark, credit, debit, corrections }, now);
  const late = [...credit.late, ...debit.late].map((id) => [id, accountId, statementId]);
  await insertRows(tx, 'settlement_late', ['transfer_id', 'account_id', 'statement_id'], late);
  await writeCorrections(tx, statementId, corrections, days.lastDay);
  await enqueue(tx, makeStatementFilesDefinition, { statementId }, now);
  return statementId;
}

interface Mark {
  creditId: string;
  debitId: string;
  closedMonth: BeijingMonth;
}

async function lockMark(tx: Tx, accountId: string): Promise<Mark> {
  await tx.query(
    `INSERT INTO settlement_mark (account_id, credit_id, debit_id, closed_month) VALUES (?, '', '', '')
     ON DUPLICATE KEY UPDATE account_id = VALUES(account_id)`,
    [accountId],
  );
  const [mark]: Mark[] = await tx.query(
    `SELECT credit_id AS creditId, debit_id AS debitId, closed_month AS closedMonth FROM settlement_mark
     WHERE account_id = ? FOR UPDATE`,
    [accountId],
  );
  return mark!;
}

interface Correction {
  disputeId: string;
  lineId: string;
  fen: number;
}

/** Corrections that were upheld and are on no statement yet, locked. */
async function upheldCorrections(tx: Tx, { programmeId, merchantId }: Closing): Promise<Correction[]> {
  const rows: (Omit<Correction, 'fen'> & { fen: number | string })[] = await tx.query(
    `SELECT id AS disputeId, line_id AS lineId, correction_fen AS fen FROM settlement_dispute
     WHERE programme_id = ? AND merchant_id = ? AND state = 'upheld' AND correction_line_id IS NULL
     ORDER BY id FOR UPDATE`,
    [programmeId, merchantId],
  );
  return rows.map((row) => ({ ...row, fen: Number(row.fen) }));
}

/** Each becomes a line that points to the line that it corrects. Its id is as long as a transfer's, and like none. */
async function writeCorrections(tx: Tx, statementId: string, corrections: readonly Correction[], day: BeijingDay) {
  if (corrections.length === 0) return;
  await insertRows(
    tx,
    'settlement_correction',
    ['id', 'statement_id', 'corrects_id', 'day', 'fen'],
    corrections.map(({ disputeId, lineId, fen }) => [`${disputeId}0000`, statementId, lineId, day, fen]),
  );
  await tx.query("UPDATE settlement_dispute SET correction_line_id = CONCAT(id, '0000') WHERE id IN (?)", [
    corrections.map(({ disputeId }) => disputeId),
  ]);
}

interface Content {
  id: string;
  mark: Mark;
  credit: SideSums;
  debit: SideSums;
  corrections: readonly Correction[];
}

async function writeStatement(tx: Tx, closing: Closing, content: Content, now: Date): Promise<void> {
  const { programmeId, merchantId, accountId, month, rates } = closing;
  const { id, mark, credit, debit, corrections } = content;
  const row = {
    id,
    programme_id: programmeId,
    merchant_id: merchantId,
    account_id: accountId,
    month,
    settlement: rates.settlementOn(lastDay(month)),
    line_count: credit.lines + debit.lines + corrections.length,
    points: points(credit.points + debit.points),
    fen: corrections.reduce((sum, { fen }) => sum + fen, credit.fen + debit.fen),
    credit_after: mark.creditId,
    credit_until: credit.until,
    debit_after: mark.debitId,
    debit_until: debit.until,
    closed_at: now,
    state: 'draft',
  };
  await insertRows(tx, 'settlement_statement', Object.keys(row), [Object.values(row)]);
}
