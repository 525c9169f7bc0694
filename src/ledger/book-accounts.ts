import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import { pointsFromSql } from '../platform/points.ts';
import { type BookAccount, type Reversible, refKey } from './book.ts';
import type { AccountKind, AccountRef } from './transfer.ts';

export interface WantedAccount {
  programmeId: string;
  ref: AccountRef;
  onlyCredited?: boolean;
}

/** The accounts that a book needs, with those that are missing made; no balance is read yet. */
export async function findAccounts(
  tx: Tx,
  wanted: readonly WantedAccount[],
  reversibles: ReadonlyMap<string, Reversible>,
  now: Date,
): Promise<BookAccount[]> {
  const refs = new Map(wanted.map(({ programmeId, ref }) => [refKey(programmeId, ref), { programmeId, ref }]));
  const ofReversals = await accountsById(tx, reversibles);
  for (const one of ofProgrammes(refs.values(), ofReversals, reversibles)) {
    refs.set(refKey(one.programmeId, one.ref), one);
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

/** The programmes' own accounts that deciding may need beside those that were asked for. */
function ofProgrammes(
  wanted: Iterable<WantedAccount>,
  ofReversals: readonly BookAccount[],
  reversibles: ReadonlyMap<string, Reversible>,
): WantedAccount[] {
  const own = (kind: AccountKind) => (programmeId: string) => ({ programmeId, ref: { kind, ownerId: programmeId } });
  // Where a member takes part, lapsed points may have to go to breakage.
  const ofMembers = new Set<string>();
  for (const { programmeId, ref } of wanted) if (ref.kind === 'member') ofMembers.add(programmeId);
  for (const account of ofReversals) if (account.kind === 'member') ofMembers.add(account.programmeId);
  // Where points are taken back from a member, what she has spent of them may have to be written off.
  const ofRevoked = new Set(debitedMembers(ofReversals, reversibles).map((account) => account.programmeId));
  return [...[...ofMembers].map(own('breakage')), ...[...ofRevoked].map(own('written_off'))];
}

/** The members' accounts that reversals take points from. */
export function debitedMembers(
  accounts: readonly BookAccount[],
  reversibles: ReadonlyMap<string, Reversible>,
): BookAccount[] {
  const credited = new Set([...reversibles.values()].map((transfer) => transfer.creditAccountId));
  return accounts.filter((account) => account.kind === 'member' && credited.has(account.id));
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

async function accountsByRef(tx: Tx, refs: readonly WantedAccount[]): Promise<BookAccount[]> {
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
async function createAccounts(tx: Tx, accounts: readonly WantedAccount[], now: Date): Promise<void> {
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

/** Locks members' accounts, in id order, and reads what they hold. */
export async function lockBalances(tx: Tx, members: BookAccount[]): Promise<void> {
  if (members.length === 0) return;
  const rows: { id: string; balance: number | string }[] = await tx.query(
    'SELECT id, balance FROM account WHERE id IN (?) ORDER BY id FOR UPDATE',
    [members.map((account) => account.id)],
  );
  const balances = new Map(rows.map((row) => [row.id, pointsFromSql(row.balance)]));
  for (const account of members) account.balance = balances.get(account.id) ?? 0;
}

/**
 * What members owe, as accounts, where it may change: points can be given to them newly, or taken back. A member from
 * whom points are taken back for the first time gets an account here that is written only if she comes to owe. Read
 * without a lock, for it changes under the lock of the member's account only, which is held.
 */
export async function readDebts(
  tx: Tx,
  accounts: readonly BookAccount[],
  reversibles: ReadonlyMap<string, Reversible>,
): Promise<BookAccount[]> {
  const giving = new Set(
    accounts.filter(({ kind }) => kind === 'issuance' || kind === 'prizes').map((account) => account.programmeId),
  );
  const members = accounts.filter((account) => account.kind === 'member' && giving.has(account.programmeId));
  if (members.length === 0) return [];
  const rows: (AccountRow & { balance: number | string })[] = await tx.query(
    `SELECT id, programme_id, kind, owner_id, balance FROM account WHERE (programme_id, kind, owner_id) IN (?)`,
    [members.map(({ programmeId, ownerId }) => [programmeId, 'owed', ownerId])],
  );
  const found: BookAccount[] = rows.map((row) => ({ ...toAccount(row), balance: pointsFromSql(row.balance) }));
  const owing = new Set(found.map((account) => refKey(account.programmeId, account)));
  const first = debitedMembers(members, reversibles)
    .map((member): BookAccount => ({ ...member, id: newId(), kind: 'owed', balance: 0, lots: [] }))
    .filter((account) => !owing.has(refKey(account.programmeId, account)));
  return [...found, ...first];
}
