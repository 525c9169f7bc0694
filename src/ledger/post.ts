import type { Tx } from '../platform/db/transaction.ts';
import type { Result } from '../platform/result.ts';
import type { Book } from './book.ts';
import { loadBook } from './load-book.ts';
import type { Posted, Proposal, Refund, Shortfall } from './transfer.ts';
import { writeBook } from './write-book.ts';

/**
 * Posts transfers in the caller's transaction, set by set; one outcome for each proposal, in order. A proposal that is
 * refused (NOT_ENOUGH_POINTS, OVER_BUDGET) leaves the others alone. A key that was posted before, here or earlier,
 * posts nothing and answers with the first transfer. Where a member is given new points and owes some in the programme,
 * a repayment follows at once.
 *
 * Locks the members' accounts in id order. What a transaction locks before must be locked before them everywhere.
 */
export async function post(tx: Tx, proposals: readonly Proposal[], now: Date): Promise<Result<Posted>[]> {
  const book = await loadBook(tx, wantedBy(proposals), now);
  const outcomes = proposals.map((proposal) => book.post(proposal));
  await writeBook(tx, book);
  return outcomes;
}

/** What a list of proposals needs from the ledger. */
export function wantedBy(proposals: readonly Proposal[]) {
  return {
    accounts: proposals.flatMap(({ programmeId, debit, credit }) => [
      { programmeId, ref: debit },
      { programmeId, ref: credit, onlyCredited: true },
    ]),
    keys: proposals.map((proposal) => proposal.key),
  };
}

/**
 * Takes transfers back whole; see Book.reverse. `causeId` names what the reversal is for; `shortfall` says what becomes
 * of points that a member has spent since: she owes them (owe), nobody pays them (write_off), or without it the reversal
 * is refused. One outcome for each, in order. Refusals: NOT_ENOUGH_POINTS, OVER_BUDGET. The same rule for locks as for
 * `post`.
 */
export async function reverse(
  tx: Tx,
  reversals: readonly { transferId: string; causeId: string; shortfall?: Shortfall }[],
  now: Date,
): Promise<Result<Posted>[]> {
  const book: Book = await loadBook(
    tx,
    { accounts: [], keys: [], reversals: reversals.map((reversal) => reversal.transferId) },
    now,
  );
  const outcomes = reversals.map(({ transferId, causeId, shortfall }) => book.reverse(transferId, causeId, shortfall));
  await writeBook(tx, book);
  return outcomes;
}

/**
 * Gives parts of charges back; see Book.refund. One outcome for each, in order: a refund that is refused
 * (REFUND_TOO_LARGE) leaves the others alone. The same rule for locks as for `post`.
 */
export async function refund(tx: Tx, refunds: readonly Refund[], now: Date): Promise<Result<Posted>[]> {
  const book = await loadBook(
    tx,
    { accounts: [], keys: refunds.map(({ key }) => key), refunds: refunds.map(({ transferId }) => transferId) },
    now,
  );
  const outcomes = refunds.map((one) => book.refund(one));
  await writeBook(tx, book);
  return outcomes;
}
