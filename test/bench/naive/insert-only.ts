/** The reference `insert-only`: the rows that bulk accrual writes, by bare multi-row INSERT, with nothing read or decided. */
import type { Connection } from 'mysql2/promise';
import { beijingDay } from '../../../src/platform/clock.ts';
import { base32, newId } from '../../../src/platform/ids.ts';

export interface Ledger {
  programmeId: string;
  issuanceAccountId: string;
  memberIds: string[];
  /** Accounts of the members, in the same order. */
  accountIds: string[];
  /** Their balances as the rows already prepared leave them. */
  balances: number[];
}

/** The rows of one posting, ready to be sent. */
export interface Rows {
  posting: unknown[][];
  transfer: unknown[][];
  lot: unknown[][];
  account: unknown[][];
}

const POINTS = 10;
const YEAR_MS = 365 * 86_400_000;

/** Prepares a posting of so many accruals of random members, and takes them into `balances`. */
export function prepareRows(ledger: Ledger, size: number): Rows {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + YEAR_MS);
  const day = beijingDay(now);
  const postingId = newId();
  const rows: Rows = { posting: [[postingId, size, now]], transfer: [], lot: [], account: [] };
  const touched = new Set<number>();
  for (let line = 0; line < size; line++) {
    const at = Math.floor(Math.random() * ledger.memberIds.length);
    touched.add(at);
    ledger.balances[at]! += POINTS;
    const id = postingId + base32(line, 4);
    const accountId = ledger.accountIds[at]!;
    rows.transfer.push([
      id,
      ledger.programmeId,
      'accrual',
      ledger.issuanceAccountId,
      accountId,
      POINTS,
      `accrual:${newId()}`,
      newId(),
      null,
      null,
      ledger.balances[at]!,
      now,
      day,
    ]);
    rows.lot.push([id, accountId, POINTS, POINTS, expiresAt]);
  }
  for (const at of touched) {
    const { accountIds, memberIds, balances, programmeId } = ledger;
    rows.account.push([accountIds[at], programmeId, 'member', memberIds[at], balances[at], now]);
  }
  return rows;
}

/** Sends the rows of one posting in one transaction. */
export async function insertAll(connection: Connection, rows: Rows): Promise<void> {
  await connection.beginTransaction();
  await connection.query('INSERT INTO posting (id, transfers, posted_at) VALUES ?', [rows.posting]);
  await connection.query(
    `INSERT INTO transfer (id, programme_id, kind, debit_account_id, credit_account_id, points, business_key, cause_id,
                           rule_version_id, reverses_id, balance_after, posted_at, day) VALUES ?`,
    [rows.transfer],
  );
  await connection.query('INSERT INTO lot (id, account_id, points, remaining, expires_at) VALUES ?', [rows.lot]);
  await connection.query(
    `INSERT INTO account (id, programme_id, kind, owner_id, balance, created_at) VALUES ?
     ON DUPLICATE KEY UPDATE balance = VALUES(balance)`,
    [rows.account],
  );
  await connection.commit();
}
