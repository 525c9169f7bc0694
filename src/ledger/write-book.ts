import { beijingDay } from '../platform/clock.ts';
import { insertRows, updateRows } from '../platform/db/sql.ts';
import { TryAgain, type Tx } from '../platform/db/transaction.ts';
import type { Book } from './book.ts';

/** Writes what a book has decided, set by set: one statement for each table, none for a book without transfers. */
export async function writeBook(tx: Tx, book: Book): Promise<void> {
  if (book.transfers.length === 0) return;
  await insertRows(
    tx,
    'posting',
    ['id', 'transfers', 'posted_at'],
    [[book.postingId, book.transfers.length, book.now]],
  );
  // Before the transfers, which name an account that a member's first debt makes.
  await updateRows(
    tx,
    'account',
    ['id', 'programme_id', 'kind', 'owner_id', 'balance', 'created_at'],
    [...book.changedAccounts].map((account) => [
      account.id,
      account.programmeId,
      account.kind,
      account.ownerId,
      account.balance,
      book.now,
    ]),
    ['balance'],
  );
  await insertTransfers(tx, book);
  await updateRows(
    tx,
    'lot',
    ['id', 'account_id', 'points', 'remaining', 'expires_at'],
    [...book.lots.changed].map((lot) => [lot.id, lot.accountId, lot.points, lot.remaining, lot.expiresAt]),
    ['remaining'],
  );
  await insertRows(
    tx,
    'lot_movement',
    ['transfer_id', 'lot_id', 'points'],
    book.lots.movements.map((movement) => [movement.transferId, movement.lotId, movement.points]),
  );
  await countIssued(tx, book);
}

async function insertTransfers(tx: Tx, book: Book): Promise<void> {
  const day = beijingDay(book.now);
  await insertRows(
    tx,
    'transfer',
    [
      'id',
      'programme_id',
      'kind',
      'debit_account_id',
      'credit_account_id',
      'points',
      'business_key',
      'cause_id',
      'rule_version_id',
      'reverses_id',
      'balance_after',
      'posted_at',
      'day',
    ],
    book.transfers.map((transfer) => [
      transfer.id,
      transfer.programmeId,
      transfer.kind,
      transfer.debitAccountId,
      transfer.creditAccountId,
      transfer.points,
      transfer.key,
      transfer.causeId,
      transfer.ruleVersionId,
      transfer.reversesId,
      transfer.balanceAfter,
      book.now,
      day,
    ]),
  );
}

// The budget was read without a lock, so that batches do not queue for its row; this is where it is kept. When another
// transaction has used it up meanwhile, the whole batch is decided again.
async function countIssued(tx: Tx, book: Book): Promise<void> {
  for (const [programmeId, { added }] of [...book.budgets].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (added === 0) continue;
    const { affectedRows } = await tx.query(
      'UPDATE programme_budget SET issued = issued + ? WHERE programme_id = ? AND issued + ? <= budget',
      [added, programmeId, added],
    );
    if (affectedRows !== 1) throw new TryAgain('the budget was used up by another transaction');
  }
}
