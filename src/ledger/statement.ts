import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { type Points, points, pointsFromSql } from '../platform/points.ts';
import type { TransferKind } from './transfer.ts';

export interface StatementLine {
  id: string;
  kind: TransferKind;
  /** Positive when the account gained, negative when it lost. */
  points: Points;
  balanceAfter: Points | null;
  causeId: string;
  ruleVersionId: string | null;
  reversesId: string | null;
  postedAt: Date;
  /** The Beijing day it counts for. */
  day: string;
}

const COLUMNS = 'id, kind, points, balance_after, cause_id, rule_version_id, reverses_id, posted_at, day';

/**
 * A page of an account's transfers, newest first; the cursor is the last line's id. Each side is a range of its own
 * index that ends after a page, so a deep page of a large account costs what the first page of a small one does.
 */
export async function statement(db: EntityManager, accountId: string, page: PageRequest): Promise<Page<StatementLine>> {
  const before = page.after ? 'AND id < ?' : '';
  // Told which index, because with a cursor the optimizer may walk the primary key through everybody's transfers.
  const side = (column: string, index: string, sign: number) =>
    `(SELECT ${sign} AS sign, ${COLUMNS} FROM transfer FORCE INDEX (${index})
      WHERE ${column} = ? ${before} ORDER BY id DESC LIMIT ?)`;
  const parameters = page.after ? [accountId, page.after, page.first + 1] : [accountId, page.first + 1];
  const rows: Row[] = await db.query(
    `${side('debit_account_id', 'transfer_debit', -1)} UNION ALL ${side('credit_account_id', 'transfer_credit', 1)}
     ORDER BY id DESC LIMIT ?`,
    [...parameters, ...parameters, page.first + 1],
  );
  return pageOf(rows.map(toLine), page);
}

interface Row {
  sign: number;
  id: string;
  kind: TransferKind;
  points: number;
  balance_after: number | null;
  cause_id: string;
  rule_version_id: string | null;
  reverses_id: string | null;
  posted_at: Date;
  day: string;
}

const toLine = (row: Row): StatementLine => ({
  id: row.id,
  kind: row.kind,
  points: points(Number(row.sign) * pointsFromSql(row.points)),
  balanceAfter: row.balance_after === null ? null : pointsFromSql(row.balance_after),
  causeId: row.cause_id,
  ruleVersionId: row.rule_version_id,
  reversesId: row.reverses_id,
  postedAt: row.posted_at,
  day: row.day,
});
