import type { EntityManager } from 'typeorm';
import type { BeijingDay } from '../../platform/clock.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { type Points, points } from '../../platform/points.ts';
import { closedRates, rateOn } from './rates.ts';
import type { SettlementStatement } from './statement.entity.ts';

/**
 * What a line is for: a voucher that was used, points charged, a use that was undone, points of a charge given back, a
 * line of an earlier statement put right.
 */
export type LineKind = 'verification' | 'charge' | 'reversal' | 'refund' | 'correction';

/** A line of a settlement statement. */
export interface Line {
  /** Its transfer's id; of a correction its own. */
  id: string;
  statementId: string;
  kind: LineKind;
  day: BeijingDay;
  /** Below zero where points were taken back; zero for a correction. */
  points: Points;
  /** What a point is worth, in fen; zero for a correction. */
  rateFen: number;
  /** Points × rate; of a correction what it adds or takes off. */
  fen: number;
  /** The line, here or on an earlier statement, that it takes back or corrects; null for the others. */
  correctsId: string | null;
  /** The verification, charge or refund that it comes from; of a correction the dispute. */
  causeId: string;
}

/** A page of a statement's lines, the oldest first; the cursor is the id. */
export async function linesOf(
  db: EntityManager,
  statement: SettlementStatement,
  page: PageRequest,
): Promise<Page<Line>> {
  const asked: Asked = { condition: '> ?', id: page.after ?? '', limit: page.first + 1 };
  const lines = [...(await transferLines(db, statement, asked)), ...(await correctionLines(db, statement, asked))];
  return pageOf(lines.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, asked.limit), page);
}

/** The line of this id on a statement; null when it is not on it. */
export async function findLine(db: EntityManager, statement: SettlementStatement, id: string): Promise<Line | null> {
  const asked: Asked = { condition: '= ?', id, limit: 1 };
  const [line] = [...(await transferLines(db, statement, asked)), ...(await correctionLines(db, statement, asked))];
  return line ?? null;
}

interface Asked {
  condition: '> ?' | '= ?';
  id: string;
  limit: number;
}

/** Each side walks the index of its account; what is late for an earlier statement is passed over. */
function transferIdsSql({ condition, limit }: Pick<Asked, 'condition' | 'limit'>): string {
  const side = (name: 'credit' | 'debit') =>
    `(SELECT t.id FROM transfer t FORCE INDEX (transfer_${name})
      WHERE t.${name}_account_id = ? AND t.id > ? AND t.id <= ? AND t.id ${condition}
        AND NOT EXISTS (SELECT 1 FROM settlement_late late WHERE late.transfer_id = t.id)
      ORDER BY t.id LIMIT ${limit})`;
  return `${side('credit')} UNION ALL ${side('debit')} UNION ALL
    (SELECT transfer_id FROM settlement_late WHERE statement_id = ? AND transfer_id ${condition}
     ORDER BY transfer_id LIMIT ${limit})
    ORDER BY id LIMIT ${limit}`;
}

async function transferLines(db: EntityManager, statement: SettlementStatement, asked: Asked): Promise<Line[]> {
  const { id, accountId, creditAfter, creditUntil, debitAfter, debitUntil } = statement;
  const rows: TransferRow[] = await db.query(
    `SELECT t.id, t.kind, GREATEST(t.day, COALESCE(o.day, t.day)) AS day,
            IF(t.credit_account_id = ?, 1, -1) * CAST(t.points AS SIGNED) AS points,
            COALESCE(o.day, t.day) AS rateDay, t.reverses_id AS correctsId, t.cause_id AS causeId
     FROM (${transferIdsSql(asked)}) AS page JOIN transfer t ON t.id = page.id
     LEFT JOIN transfer o ON o.id = t.reverses_id ORDER BY t.id`,
    [
      accountId,
      ...[accountId, creditAfter, creditUntil, asked.id],
      ...[accountId, debitAfter, debitUntil, asked.id],
      ...[id, asked.id],
    ],
  );
  if (rows.length === 0) return [];
  const steps = await closedRates(db, accountId);
  return rows.map(({ rateDay, ...row }) => {
    const [moved, rateFen] = [points(Number(row.points)), rateOn(steps, rateDay)];
    return { ...row, statementId: id, points: moved, rateFen, fen: moved * rateFen };
  });
}

interface TransferRow extends Pick<Line, 'id' | 'day' | 'correctsId' | 'causeId'> {
  kind: Exclude<LineKind, 'correction'>;
  points: number | string;
  rateDay: BeijingDay;
}

async function correctionLines(db: EntityManager, { id }: SettlementStatement, asked: Asked): Promise<Line[]> {
  const rows: { id: string; day: string; fen: number | string; correctsId: string }[] = await db.query(
    `SELECT id, day, fen, corrects_id AS correctsId FROM settlement_correction
     WHERE statement_id = ? AND id ${asked.condition} ORDER BY id LIMIT ?`,
    [id, asked.id, asked.limit],
  );
  return rows.map((row) => ({
    ...row,
    statementId: id,
    kind: 'correction' as const,
    points: points(0),
    rateFen: 0,
    fen: Number(row.fen),
    causeId: row.id.slice(0, 26),
  }));
}
