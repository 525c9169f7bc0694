import type { DataSource } from 'typeorm';
import { type AccountKind, ISSUING } from '../../src/ledger/transfer.ts';
import { broken } from './broken.ts';

/** An account as the laws keep it beside the database, under its id. */
export interface Account {
  name: string;
  kind: AccountKind;
  programme: number;
  /** What the transfers of all batches make of it. */
  balance: number;
}

/** Of the accounts that were moved, balances = lots = transfers; of all, the sum is zero and none is below zero. */
export async function checkAccounts(
  db: DataSource,
  accounts: ReadonlyMap<string, Account>,
  moved: ReadonlySet<string>,
): Promise<void> {
  if (moved.size === 0) return;
  const rows: { id: string; kind: string; balance: string; lots: string }[] = await db.query(
    `SELECT a.id, a.kind, a.balance, (SELECT IFNULL(SUM(l.remaining), 0) FROM lot l
       WHERE l.account_id = a.id AND l.is_open = 1) AS lots
     FROM account a WHERE a.id IN (?) AND a.balance IS NOT NULL`,
    [[...moved]],
  );
  for (const { id, kind, balance, lots } of rows) {
    const known = accounts.get(id)!;
    const [stored, inLots] = [Number(balance), Number(lots)];
    const told = `${known.name}: balance ${stored}, lots ${inLots}, transfers ${known.balance}`;
    if (stored !== known.balance || (kind === 'member' && inLots !== stored)) {
      broken('balances = lots = transfers', told);
    }
    if (kind === 'member' && stored < 0) broken('no balance is below zero', told);
  }
  let sum = 0;
  for (const { name, kind, balance } of accounts.values()) {
    sum += balance;
    if (!ISSUING.has(kind) && balance < 0) broken('no account is below zero', `${name} has ${balance}`);
  }
  if (sum !== 0) broken('the sum of all accounts is zero', `it is ${sum}`);
}

/** Nothing that has lapsed is spent by these transfers, and nothing expires before its time. */
export async function checkLots(db: DataSource, transfers: readonly string[]): Promise<void> {
  if (transfers.length === 0) return;
  const [wrong] = await db.query(
    `SELECT t.id, t.kind FROM transfer t JOIN lot_movement m ON m.transfer_id = t.id JOIN lot l ON l.id = m.lot_id
     WHERE t.id IN (?) AND ((t.kind = 'expiry' AND l.expires_at > t.posted_at)
       OR (t.kind IN ('redemption', 'charge', 'ticket') AND l.expires_at <= t.posted_at)) LIMIT 1`,
    [transfers],
  );
  if (wrong) broken('points are spent in time and expire after it', `${wrong.kind} ${wrong.id}`);
}
