import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import { pointsFromSql } from '../platform/points.ts';
import { Book, type BookAccount, type BookBudget, type Reversible, refKey } from './book.ts';
import { findAccounts, lockBalances, readDebts, type WantedAccount } from './book-accounts.ts';
import { inOrder, type Lot } from './lots.ts';
import { findReversibles, readExpired, readRefunded } from './reversibles.ts';
import { ISSUING } from './transfer.ts';

/** What a transaction is going to do in the ledger, as far as is known before anything is locked. */
export interface Wanted {
  /**
   * Accounts that transfers will debit or credit; made when they do not exist yet. The lots of a member who is only
   * credited are not read: somebody may have thousands of them, and none is touched.
   */
  accounts: readonly WantedAccount[];
  /** Business keys that will be posted. */
  keys: readonly string[];
  /** Transfers that will be reversed. */
  reversals?: readonly string[];
  /** Charges, by their transfers, of which a part will be refunded; the keys of the refunds stand in `keys`. */
  refunds?: readonly string[];
}

/**
 * Locks the members' accounts that a transaction touches, in id order, and reads all that deciding its transfers needs:
 * open lots, keys that were posted before, and where points are issued or taken back, debts and budgets. Six statements
 * at the most, whatever the number of accounts, and as many again when reversals or
 * refunds are asked.
 */
export async function loadBook(tx: Tx, wanted: Wanted, now: Date): Promise<Book> {
  const reversibles = await findReversibles(tx, [...(wanted.reversals ?? []), ...(wanted.refunds ?? [])]);
  const found = await findAccounts(tx, wanted.accounts, reversibles, now);
  const members = found.filter((account) => account.kind === 'member');
  await lockBalances(tx, members);
  const credited = creditedOnly(wanted.accounts, reversibles);
  await readOpenLots(
    tx,
    members.filter((account) => !credited.has(refKey(account.programmeId, account))),
  );
  await readExpired(tx, reversibles, members);
  await readRefunded(tx, reversibles);
  const accounts = [...found, ...(await readDebts(tx, found, reversibles))];
  const keys = [...wanted.keys, ...(wanted.reversals ?? []).map((id) => `reversal:${id}`)];
  return new Book(
    newId(),
    now,
    accounts,
    await findPosted(tx, keys),
    await readBudgets(tx, accounts),
    reversibles,
    await readClosedLots(tx, reversibles, members),
  );
}

/** The accounts that are wanted for credits alone, by refKey. */
function creditedOnly(wanted: Wanted['accounts'], reversibles: ReadonlyMap<string, Reversible>): Set<string> {
  // A reversal knows its accounts by id only and may take from the same member.
  if (reversibles.size > 0) return new Set();
  const key = ({ programmeId, ref }: WantedAccount) => refKey(programmeId, ref);
  const spending = new Set(wanted.filter((account) => !account.onlyCredited).map(key));
  return new Set(wanted.map(key).filter((one) => !spending.has(one)));
}

interface LotRow {
  id: string;
  account_id: string;
  points: number;
  remaining: number;
  expires_at: Date;
}

const toLot = (row: LotRow): Lot => ({
  id: row.id,
  accountId: row.account_id,
  points: pointsFromSql(row.points),
  remaining: pointsFromSql(row.remaining),
  expiresAt: row.expires_at,
});

async function readOpenLots(tx: Tx, members: BookAccount[]): Promise<void> {
  if (members.length === 0) return;
  const byId = new Map(members.map((account) => [account.id, account]));
  const rows: LotRow[] = await tx.query(
    'SELECT id, account_id, points, remaining, expires_at FROM lot WHERE account_id IN (?) AND is_open = 1',
    [[...byId.keys()]],
  );
  for (const row of rows) byId.get(row.account_id)?.lots.push(toLot(row));
  for (const account of members) inOrder(account.lots);
}

/** The lots that reversals and refunds give back to and that no account has open. */
async function readClosedLots(
  tx: Tx,
  reversibles: ReadonlyMap<string, Reversible>,
  members: BookAccount[],
): Promise<Lot[]> {
  const open = new Set(members.flatMap((account) => account.lots.map((lot) => lot.id)));
  const ids = [...reversibles.values()].flatMap((transfer) => transfer.movements.map((movement) => movement.lotId));
  const closed = [...new Set(ids)].filter((id) => !open.has(id));
  if (closed.length === 0) return [];
  const rows: LotRow[] = await tx.query(
    'SELECT id, account_id, points, remaining, expires_at FROM lot WHERE id IN (?)',
    [closed],
  );
  return rows.map(toLot);
}

async function findPosted(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows: { business_key: string; id: string }[] = await tx.query(
    'SELECT business_key, id FROM transfer WHERE business_key IN (?)',
    [keys],
  );
  return new Map(rows.map((row) => [row.business_key, row.id]));
}

async function readBudgets(tx: Tx, accounts: BookAccount[]): Promise<Map<string, BookBudget>> {
  const programmes = new Set(
    accounts.filter((account) => ISSUING.has(account.kind)).map((account) => account.programmeId),
  );
  if (programmes.size === 0) return new Map();
  const rows: { programme_id: string; budget: number; issued: number }[] = await tx.query(
    'SELECT programme_id, budget, issued FROM programme_budget WHERE programme_id IN (?)',
    [[...programmes]],
  );
  return new Map(
    rows.map((row) => [
      row.programme_id,
      { budget: pointsFromSql(row.budget), issued: pointsFromSql(row.issued), added: 0 },
    ]),
  );
}
