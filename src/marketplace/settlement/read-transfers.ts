import type { BeijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type RateStep, rateSql } from './rates.ts';

/** How many transfers one statement of SQL reads: few enough to be short, many enough that their number does not matter. */
const AT_ONCE = 20_000;

/** The two sides of a merchant's account: what it was given, and what was taken back. */
export type Side = 'credit' | 'debit';

export interface Reading {
  accountId: string;
  /** Up to this transfer of the side all are on statements. */
  after: string;
  /** What happened later belongs to a later statement. */
  lastDay: BeijingDay;
  steps: readonly RateStep[];
}

/** What one side of an account brings to a statement. */
export interface SideSums {
  lines: number;
  points: number;
  fen: number;
  /** Up to this transfer all are on statements now. */
  until: string;
  /** Transfers of the statement that lie beyond. */
  late: string[];
}

/**
 * The day and the rate of a transfer `t`, with `o` for the one that it takes back: at that one's rate, and never on an
 * earlier day.
 */
const DAY = { credit: 't.day', debit: 'GREATEST(t.day, COALESCE(o.day, t.day))' } as const;
const RATE_DAY = { credit: 't.day', debit: 'COALESCE(o.day, t.day)' } as const;

/**
 * Sums the transfers of one side of a merchant's account that belong to a statement: those until its last day that are
 * on none yet. Reads on from where the last statement ended, each transfer once, and a page beyond the month at the
 * most: where a whole page belongs to later months, nothing further back can follow.
 */
export async function readTransfers(tx: Tx, side: Side, reading: Reading): Promise<SideSums> {
  const sums: SideSums = { lines: 0, points: 0, fen: 0, until: reading.after, late: [] };
  const taken = await lateBefore(tx, reading.accountId, reading.after);
  let firstLeft: string | null = null;
  for (let after = reading.after; ; ) {
    const pageEnd = await endOfPage(tx, side, reading.accountId, after);
    const from = fromClause(side, reading.accountId, { after, until: pageEnd, without: taken });
    const page = await sumPage(tx, side, reading, from);
    sums.lines += page.lines;
    sums.points += page.points;
    sums.fen += page.fen;
    firstLeft ??= page.firstLeft;
    if (firstLeft !== null && page.lines > 0) sums.late.push(...(await lateOnes(tx, side, reading, from, firstLeft)));
    if (firstLeft === null) sums.until = page.last ?? sums.until;
    if (pageEnd === undefined || (page.lines === 0 && page.firstLeft !== null)) break;
    after = pageEnd;
  }
  if (firstLeft !== null) sums.until = await lastBefore(tx, side, reading, firstLeft);
  return sums;
}

interface Clause {
  sql: string;
  values: (string | number | string[])[];
}

/** The last transfer of a full page; undefined where fewer follow. The index alone answers it. */
async function endOfPage(tx: Tx, side: Side, accountId: string, after: string): Promise<string | undefined> {
  const [row]: { id: string }[] = await tx.query(
    `SELECT id FROM transfer FORCE INDEX (transfer_${side}) WHERE ${side}_account_id = ? AND id > ?
     ORDER BY id LIMIT 1 OFFSET ${AT_ONCE - 1}`,
    [accountId, after],
  );
  return row?.id;
}

interface Range {
  after: string;
  until: string | undefined;
  /** What is on the last statement already. */
  without: string[];
}

function fromClause(side: Side, accountId: string, { after, until, without }: Range): Clause {
  const original = side === 'debit' ? 'LEFT JOIN transfer o ON o.id = t.reverses_id' : '';
  const end = until === undefined ? { sql: '', values: [] } : { sql: 'AND t.id <= ?', values: [until] };
  const others = without.length === 0 ? { sql: '', values: [] } : { sql: 'AND t.id NOT IN (?)', values: [without] };
  return {
    sql: `FROM transfer t FORCE INDEX (transfer_${side}) ${original}
          WHERE t.${side}_account_id = ? AND t.id > ? ${end.sql} ${others.sql}`,
    values: [accountId, after, ...end.values, ...others.values],
  };
}

async function sumPage(tx: Tx, side: Side, { lastDay, steps }: Reading, from: Clause) {
  const ours = `${DAY[side]} <= ?`;
  const rate = rateSql(steps, RATE_DAY[side]);
  const [row] = await tx.query(
    `SELECT MAX(t.id) AS last, SUM(${ours}) AS \`lines\`, SUM(IF(${ours}, t.points, 0)) AS points,
            SUM(IF(${ours}, t.points * ${rate.sql}, 0)) AS fen, MIN(IF(${ours}, NULL, t.id)) AS firstLeft
     ${from.sql}`,
    [lastDay, lastDay, lastDay, ...rate.values, lastDay, ...from.values],
  );
  const sign = side === 'credit' ? 1 : -1;
  return {
    last: row.last as string | null,
    lines: Number(row.lines),
    points: sign * Number(row.points),
    fen: sign * Number(row.fen),
    firstLeft: row.firstLeft as string | null,
  };
}

/** What lies beyond where the last statement ended and is on it nevertheless; most often nothing. */
async function lateBefore(tx: Tx, accountId: string, after: string): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    'SELECT transfer_id AS id FROM settlement_late WHERE account_id = ? AND transfer_id > ?',
    [accountId, after],
  );
  return rows.map(({ id }) => id);
}

async function lateOnes(tx: Tx, side: Side, { lastDay }: Reading, from: Clause, firstLeft: string) {
  const rows: { id: string }[] = await tx.query(`SELECT t.id ${from.sql} AND t.id > ? AND ${DAY[side]} <= ?`, [
    ...from.values,
    firstLeft,
    lastDay,
  ]);
  return rows.map(({ id }) => id);
}

async function lastBefore(tx: Tx, side: Side, { accountId, after }: Reading, id: string): Promise<string> {
  const [row]: { last: string | null }[] = await tx.query(
    `SELECT MAX(id) AS last FROM transfer FORCE INDEX (transfer_${side})
     WHERE ${side}_account_id = ? AND id > ? AND id < ?`,
    [accountId, after, id],
  );
  return row?.last ?? after;
}
