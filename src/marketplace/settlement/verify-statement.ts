import type { DataSource, EntityManager } from 'typeorm';
import { linesOf } from './lines.ts';
import { firstDay, lastDay } from './months.ts';
import { rateOn, ratesOf } from './rates.ts';
import { SettlementStatement } from './statement.entity.ts';

/** How many differences are told of each kind; one is enough to stop a payment. */
const TOLD = 20;
const LINES_AT_ONCE = 1000;

export interface StatementVerification {
  lines: number;
  points: number;
  fen: number;
  /** One line for a person each; empty when the statement is what the ledger says. */
  differences: string[];
}

/**
 * Recomputes a statement from the ledger and the contracts: each transfer of its month on it or on an earlier one, each
 * line at the contract's rate of its day, each correction as it was upheld, and the sums. Reads in one snapshot and in
 * bounded memory. Undefined when there is no such statement.
 */
export async function verifyStatement(db: DataSource, id: string): Promise<StatementVerification | undefined> {
  return db.transaction('REPEATABLE READ', async (tx) => {
    const statement = await tx.findOneBy(SettlementStatement, { id });
    if (!statement) return undefined;
    const sums = await recompute(tx, statement);
    const differences = [...sums.differences, ...(await missing(tx, statement)), ...(await wrongCorrections(tx, id))];
    for (const [what, said, found] of [
      ['lines', statement.lineCount, sums.lines],
      ['points', statement.points, sums.points],
      ['fen', statement.fen, sums.fen],
    ] as const) {
      if (said !== found) differences.push(`${what} of the statement: it says ${said}, its lines say ${found}`);
    }
    return { lines: sums.lines, points: sums.points, fen: sums.fen, differences };
  });
}

async function recompute(tx: EntityManager, statement: SettlementStatement) {
  const { programmeId, merchantId } = statement;
  const { steps } = (await ratesOf(tx, programmeId, [merchantId])).get(merchantId)!;
  const sums = { lines: 0, points: 0, fen: 0, differences: [] as string[] };
  for (let after: string | undefined; ; ) {
    const page = await linesOf(tx, statement, { first: LINES_AT_ONCE, after });
    for (const { id, kind, day, points, rateFen, fen } of page.items) {
      sums.lines += 1;
      sums.points += points;
      sums.fen += fen;
      if (day > lastDay(statement.month)) sums.differences.push(`line ${id}: of ${day}, after the month`);
      // What takes back goes by the rate of what it takes back, which the line of that one was checked for.
      if (kind !== 'verification' && kind !== 'charge') continue;
      const agreed = rateOn(steps, day);
      if (rateFen !== agreed) sums.differences.push(`rate of line ${id}: ${rateFen}, the contract says ${agreed}`);
    }
    if (!page.hasNextPage) break;
    after = page.items.at(-1)!.id;
  }
  return { ...sums, differences: sums.differences.slice(0, TOLD) };
}

/** Transfers of the month, on the merchant's account, that lie in the range of no statement until this one's. */
async function missing(tx: EntityManager, statement: SettlementStatement): Promise<string[]> {
  const { programmeId, merchantId, accountId, month } = statement;
  const found: string[] = [];
  for (const side of ['credit', 'debit'] as const) {
    const rows: { id: string }[] = await tx.query(
      `SELECT t.id FROM transfer t FORCE INDEX (transfer_${side})
       WHERE t.${side}_account_id = ? AND t.day BETWEEN ? AND ?
         AND NOT EXISTS (SELECT 1 FROM settlement_late late WHERE late.transfer_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM settlement_statement s FORCE INDEX (settlement_statement_month)
           WHERE s.programme_id = ? AND s.merchant_id = ? AND s.month <= ?
             AND t.id > s.${side}_after AND t.id <= s.${side}_until)
       LIMIT ${TOLD}`,
      [accountId, firstDay(month), lastDay(month), programmeId, merchantId, month],
    );
    found.push(...rows.map(({ id }) => `transfer ${id}: of the month, and on no statement`));
  }
  return found;
}

async function wrongCorrections(tx: EntityManager, statementId: string): Promise<string[]> {
  const rows: { id: string; fen: string; upheld: string | null }[] = await tx.query(
    `SELECT c.id, c.fen, d.correction_fen AS upheld FROM settlement_correction c
     LEFT JOIN settlement_dispute d ON d.correction_line_id = c.id AND d.line_id = c.corrects_id AND d.state = 'upheld'
     WHERE c.statement_id = ? AND NOT (d.correction_fen <=> c.fen) LIMIT ${TOLD}`,
    [statementId],
  );
  return rows.map(({ id, fen, upheld }) => `correction ${id}: ${fen} fen, upheld were ${upheld ?? 'none'}`);
}

/** The verification in one line, as `npm run settlement:verify` ends. */
export function statementVerificationLine({ lines, points, fen, differences }: StatementVerification): string {
  return `statement: ${lines} lines, ${points} points, ${fen} fen, ${differences.length} differences`;
}
