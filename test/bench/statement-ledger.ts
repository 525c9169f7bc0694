/** Builds a large, coherent ledger by bulk inserts, and keeps its database for later runs. */
import { type Connection, createConnection } from 'mysql2/promise';
import { statement } from '../../src/ledger/statement.ts';
import { beijingDay } from '../../src/platform/clock.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { base32, newId } from '../../src/platform/ids.ts';
import { keptDatabase } from './kept-database.ts';
import { openAccounts, seedMembers, seedUnions } from './market.ts';
import { requireCoherentLedger } from './setting.ts';

export interface Size {
  /** Of the whole ledger. */
  transfers: number;
  /** Of the largest account. */
  large: number;
  /** Of every other account. */
  small: number;
}

/** A ledger of so many transfers, a tenth of them in one account. */
export const sizeOf = (transfers: number): Size => ({
  transfers,
  large: transfers / 10,
  small: Math.min(1_000, transfers / 100),
});

export interface LargeLedger {
  database: string;
  /** Whoever asked for it closes them. */
  deps: Deps;
  largeAccountId: string;
  smallAccountId: string;
  /** Transfer ids after which deep pages begin, all over the ledger. */
  deepCursors: string[];
}

const LINES = 1000;
const DEEP_PAGES = 50;
/** Transfers of a page. */
export const PAGE = 20;
const DONE = 'bench-ledger-built';

/** Points of an accrual, and of each of the redemptions that follow it and use them up. */
const EARNED = 30;
const SPENT = 10;
const CYCLE = 1 + EARNED / SPENT;

/** The ledger of this size and its database; builds it when it is not there, or was not finished. */
export async function largeLedger(size: Size): Promise<LargeLedger> {
  const kept = { what: `a ledger of ${size.transfers} transfers`, mark: DONE };
  const database = `xingfu_bench_ledger_${size.transfers}`;
  const deps = await keptDatabase(database, kept, async (empty) => {
    await build(empty, size);
    await requireCoherentLedger(empty);
  });
  const accounts: { id: string }[] = await deps.db.query(
    "SELECT id FROM account WHERE kind = 'member' ORDER BY id LIMIT 2",
  );
  // Only those that were built here: others may have come since.
  const postings: { id: string }[] = await deps.db.query('SELECT id FROM posting WHERE transfers = ? ORDER BY id', [
    LINES,
  ]);
  const [oldest, span] = [Math.floor(postings.length * 0.1), Math.floor(postings.length * 0.8)];
  const deepCursors = Array.from(
    { length: DEEP_PAGES },
    (_, i) => `${postings[oldest + Math.floor((i * span) / DEEP_PAGES)]!.id}0000`,
  );
  return { database, deps, largeAccountId: accounts[0]!.id, smallAccountId: accounts[1]!.id, deepCursors };
}

/** Reads pages of an account after each of the cursors in turn, one at a time, for so many seconds. Returns pages a second. */
export async function readPages(
  { db }: Deps,
  accountId: string,
  cursors: readonly (string | undefined)[],
  seconds: number,
): Promise<number> {
  const start = performance.now();
  let pages = 0;
  for (; performance.now() - start < seconds * 1000; pages++) {
    const { items } = await statement(db.manager, accountId, { first: PAGE, after: cursors[pages % cursors.length] });
    if (items.length !== PAGE) throw new Error(`a page of ${items.length} in account ${accountId}`);
  }
  return (pages * 1000) / (performance.now() - start);
}

interface Frame {
  size: Size;
  programmeId: string;
  issuanceId: string;
  vouchersId: string;
  /** Of members; the first is the large one. */
  accountIds: string[];
  postingIds: string[];
}

async function build(deps: Deps, size: Size): Promise<void> {
  const { programmeId, unionIds } = await seedUnions(deps);
  const memberIds = await seedMembers(deps, unionIds, 1 + (size.transfers - size.large) / size.small);
  const accountIds = await openAccounts(deps, programmeId, 'member', memberIds);
  const accountOf = async (kind: string): Promise<string> =>
    (await deps.db.query('SELECT id FROM account WHERE kind = ?', [kind]))[0].id;
  const frame: Frame = {
    size,
    programmeId,
    issuanceId: await accountOf('issuance'),
    vouchersId: await accountOf('vouchers'),
    accountIds,
    postingIds: Array.from({ length: size.transfers / LINES }, newId),
  };
  // The rows are right by their making, so that the server need not look each of them up.
  const open = async () => {
    const connection = await createConnection({ uri: deps.config.databaseUrl, timezone: 'Z' });
    await connection.query('SET SESSION foreign_key_checks = 0, SESSION unique_checks = 0');
    return connection;
  };
  const connections = [await open(), await open()] as const;
  for (let number = 0; number < frame.postingIds.length; number++) await insertPosting(connections, frame, number);
  await Promise.all(connections.map((connection) => connection.end()));
  await deps.db.query('UPDATE programme_budget SET issued = ?', [(size.transfers / CYCLE) * EARNED]);
}

/** Whose transfer a number is, and the account's how-manieth: the large account has every so manieth, the rest take turns. */
function placeOf(number: number, { size, accountIds }: Frame): { account: number; turn: number } {
  const stride = size.transfers / size.large;
  if (number % stride === 0) return { account: 0, turn: number / stride };
  const rest = number - Math.floor(number / stride) - 1;
  const others = accountIds.length - 1;
  return { account: 1 + (rest % others), turn: Math.floor(rest / others) };
}

/** The number of an account's transfer, the inverse of `placeOf`. */
function numberOf(account: number, turn: number, { size, accountIds }: Frame): number {
  const stride = size.transfers / size.large;
  if (account === 0) return turn * stride;
  const rest = turn * (accountIds.length - 1) + account - 1;
  return Math.floor(rest / (stride - 1)) * stride + 1 + (rest % (stride - 1));
}

const transferId = (number: number, { postingIds }: Frame) =>
  postingIds[Math.floor(number / LINES)]! + base32(number % LINES, 4);

async function insertPosting([one, other]: readonly [Connection, Connection], frame: Frame, posting: number) {
  const now = new Date();
  const day = beijingDay(now);
  const expiresAt = new Date(now.getTime() + 365 * 86_400_000);
  const [transfers, lots, movements]: unknown[][][] = [[], [], []];
  for (let number = posting * LINES; number < (posting + 1) * LINES; number++) {
    const { account, turn } = placeOf(number, frame);
    const id = transferId(number, frame);
    const accountId = frame.accountIds[account];
    const step = turn % CYCLE;
    const [kind, debit, credit, points] =
      step === 0
        ? ['accrual', frame.issuanceId, accountId, EARNED]
        : ['redemption', accountId, frame.vouchersId, SPENT];
    const balance = EARNED - step * SPENT;
    transfers!.push([id, frame.programmeId, kind, debit, credit, points, `bench:${number}`, id, balance, now, day]);
    if (step === 0) lots!.push([id, accountId, EARNED, 0, expiresAt]);
    else movements!.push([id, transferId(numberOf(account, turn - step, frame), frame), -SPENT]);
  }
  await Promise.all([
    one.query(
      `INSERT INTO transfer (id, programme_id, kind, debit_account_id, credit_account_id, points, business_key, cause_id,
                             balance_after, posted_at, day) VALUES ?`,
      [transfers],
    ),
    other.query('INSERT INTO posting (id, transfers, posted_at) VALUES (?)', [[frame.postingIds[posting], LINES, now]]),
    other.query('INSERT INTO lot (id, account_id, points, remaining, expires_at) VALUES ?', [lots]),
    other.query('INSERT INTO lot_movement (transfer_id, lot_id, points) VALUES ?', [movements]),
  ]);
}
