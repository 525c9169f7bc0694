import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import { pointsFromSql } from '../platform/points.ts';
import { Book, type BookAccount, type BookBudget, inOrder, type Lot, type Reversible, refKey } from './book.ts';
import type { AccountKind, AccountRef } from './transfer.ts';

export interface WantedAccount {
  programmeId: string;
  ref: AccountRef;
  onlyCredited?: boolean;
}

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
}

/**
 * Locks the members' accounts that a transaction touches, in id order, and reads all that deciding its transfers needs:
 * open lots, keys that were posted before, budgets. Five statements at the most, whatever the number of accounts, and
 * as many again when reversals are asked.
 */
export async function loadBook(tx: Tx, wanted: Wanted, now: Date): Promise<Book> {
  const reversibles = await findReversibles(tx, wanted.reversals ?? []);
  const accounts = await findAccounts(tx, wanted.accounts, reversibles, now);
  const members = accounts.filter((account) => account.kind === 'member');
  await lockBalances(tx, members);
  const credited = creditedOnly(wanted.accounts, reversibles);
  await readOpenLots(
    tx,
    members.filter((account) => !credited.has(refKey(account.programmeId, account))),
  );
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

async function findAccounts(
  tx: Tx,
  wanted: Wanted['accounts'],
  reversibles: ReadonlyMap<string, Reversible>,
  now: Date,
): Promise<BookAccount[]> {
  const refs = new Map(wanted.map(({ programmeId, ref }) => [refKey(programmeId, ref), { programmeId, ref }]));
  const ofReversals = await accountsById(tx, reversibles);
  // Where a member takes part, lapsed points may have to go to breakage.
  const programmes = new Set<string>();
  for (const { programmeId, ref } of refs.values()) if (ref.kind === 'member') programmes.add(programmeId);
  for (const account of ofReversals) if (account.kind === 'member') programmes.add(account.programmeId);
  for (const programmeId of programmes) {
    const ref: AccountRef = { kind: 'breakage', ownerId: programmeId };
    refs.set(refKey(programmeId, ref), { programmeId, ref });
  }
  const found = new Map((await accountsByRef(tx, [...refs.values()])).map((a) => [refKey(a.programmeId, a), a]));
  const missing = [...refs].filter(([key]) => !found.has(key)).map(([, account]) => account);
  if (missing.length > 0) {
    await createAccounts(tx, missing, now);
    for (const account of await accountsByRef(tx, missing)) found.set(refKey(account.programmeId, account), account);
  }
  for (const account of ofReversals) {
    const key = refKey(account.programmeId, account);
    if (!found.has(key)) found.set(key, account);
  }
  return [...found.values()];
}

interface AccountRow {
  id: string;
  programme_id: string;
  kind: AccountKind;
  owner_id: string;
}

const toAccount = (row: AccountRow): BookAccount => ({
  id: row.id,
  programmeId: row.programme_id,
  kind: row.kind,
  ownerId: row.owner_id,
  balance: null,
  lots: [],
});

async function accountsByRef(tx: Tx, refs: Wanted['accounts']): Promise<BookAccount[]> {
  if (refs.length === 0) return [];
  const rows: AccountRow[] = await tx.query(
    'SELECT id, programme_id, kind, owner_id FROM account WHERE (programme_id, kind, owner_id) IN (?)',
    [refs.map(({ programmeId, ref }) => [programmeId, ref.kind, ref.ownerId])],
  );
  return rows.map(toAccount);
}

async function accountsById(tx: Tx, reversibles: ReadonlyMap<string, Reversible>): Promise<BookAccount[]> {
  if (reversibles.size === 0) return [];
  const ids = [...reversibles.values()].flatMap((transfer) => [transfer.debitAccountId, transfer.creditAccountId]);
  const rows: AccountRow[] = await tx.query('SELECT id, programme_id, kind, owner_id FROM account WHERE id IN (?)', [
    [...new Set(ids)],
  ]);
  return rows.map(toAccount);
}

// A row that does not exist cannot be locked. IGNORE: another transaction may make the same account at this moment.
async function createAccounts(tx: Tx, accounts: Wanted['accounts'], now: Date): Promise<void> {
  const rows = accounts.map(({ programmeId, ref }) => [
    newId(),
    programmeId,
    ref.kind,
    ref.ownerId,
    ref.kind === 'member' ? 0 : null,
    now,
  ]);
  await insertRows(
    tx,
    'account',
    ['id', 'programme_id', 'kind', 'owner_id', 'balance', 'created_at'],
    rows,
    'ON DUPLICATE KEY UPDATE id = account.id',
  );
}

async function lockBalances(tx: Tx, members: BookAccount[]): Promise<void> {
  if (members.length === 0) return;
  const rows: { id: string; balance: number | string }[] = await tx.query(
    'SELECT id, balance FROM account WHERE id IN (?) ORDER BY id FOR UPDATE',
    [members.map((account) => account.id)],
  );
  const balances = new Map(rows.map((row) => [row.id, pointsFromSql(row.balance)]));
  for (const account of members) account.balance = balances.get(account.id) ?? 0;
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

/** The lots that reversals give back to and that no account has open. */
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
  const programmes = accounts.filter((account) => account.kind === 'issuance').map((account) => account.programmeId);
  if (programmes.length === 0) return new Map();
  const rows: { programme_id: string; budget: number; issued: number }[] = await tx.query(
    'SELECT programme_id, budget, issued FROM programme_budget WHERE programme_id IN (?)',
    [programmes],
  );
  return new Map(
    rows.map((row) => [
      row.programme_id,
      { budget: pointsFromSql(row.budget), issued: pointsFromSql(row.issued), added: 0 },
    ]),
  );
}

async function findReversibles(tx: Tx, ids: readonly string[]): Promise<Map<string, Reversible>> {
  const found = new Map<string, Reversible>();
  if (ids.length === 0) return found;
  const rows: {
    id: string;
    programme_id: string;
    debit_account_id: string;
    credit_account_id: string;
    points: number;
    rule_version_id: string | null;
  }[] = await tx.query(
    `SELECT id, programme_id, debit_account_id, credit_account_id, points, rule_version_id FROM transfer WHERE id IN (?)`,
    [ids],
  );
  for (const row of rows) {
    found.set(row.id, {
      id: row.id,
      programmeId: row.programme_id,
      kind: 'reversal',
      debitAccountId: row.debit_account_id,
      creditAccountId: row.credit_account_id,
      points: pointsFromSql(row.points),
      key: `reversal:${row.id}`,
      causeId: '',
      ruleVersionId: row.rule_version_id,
      reversesId: row.id,
      balanceAfter: null,
      movements: [],
    });
  }
  const movements: { transfer_id: string; lot_id: string; points: number }[] = await tx.query(
    'SELECT transfer_id, lot_id, points FROM lot_movement WHERE transfer_id IN (?)',
    [ids],
  );
  for (const row of movements) {
    found.get(row.transfer_id)?.movements.push({ lotId: row.lot_id, points: pointsFromSql(row.points) });
  }
  return found;
}
