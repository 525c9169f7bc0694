import type { Book } from '../ledger/book.ts';
import { loadBook } from '../ledger/load-book.ts';
import { writeBook } from '../ledger/write-book.ts';
import { inTransaction, TryAgain, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { points } from '../platform/points.ts';
import { lockVouchers } from './lock-vouchers.ts';

const VOUCHERS_AT_ONCE = 500;

interface Due {
  id: string;
  programmeId: string;
  points: number;
  transferId: string | null;
  lapsePolicy: 'refund' | 'forfeit';
}

/**
 * Lapses unused vouchers whose last day is over, in batches: by the offer's policy the points go back to the member's
 * lots or to breakage; those of a voucher that was won always to breakage. What is locked is looked at again, so a
 * voucher that is verified or cancelled at this moment stays so, and two machines lapse each voucher once. Returns how
 * many lapsed.
 */
export async function lapseVouchers({ db, clock }: Deps, progress?: ReportProgress): Promise<number> {
  let lapsed = 0;
  for (;;) {
    const now = clock.now();
    const due: Due[] = await db.query(
      `SELECT voucher.id, redemption.programme_id AS programmeId, redemption.points,
              redemption.transfer_id AS transferId,
              IF(redemption.is_prize = 1, 'forfeit', offer.lapse_policy) AS lapsePolicy
       FROM voucher JOIN redemption ON redemption.id = voucher.id JOIN offer ON offer.id = redemption.offer_id
       WHERE voucher.state = 'unused' AND voucher.valid_until <= ? ORDER BY voucher.valid_until LIMIT ?`,
      [now, VOUCHERS_AT_ONCE],
    );
    if (due.length === 0) return lapsed;
    lapsed += await inTransaction(db, (tx) => lapse(tx, due, now));
    await progress?.({ done: lapsed });
  }
}

async function lapse(tx: Tx, due: readonly Due[], now: Date): Promise<number> {
  const forfeited = due.filter((one) => one.lapsePolicy === 'forfeit' && one.points > 0);
  const refunded = due.filter((one) => one.lapsePolicy === 'refund' && one.transferId !== null);
  const accounts = forfeited.flatMap(({ programmeId }) => [
    { programmeId, ref: { kind: 'vouchers' as const, ownerId: programmeId } },
    { programmeId, ref: { kind: 'breakage' as const, ownerId: programmeId } },
  ]);
  const reversals = refunded.map((one) => one.transferId!);
  const book = await loadBook(tx, { accounts, keys: [], reversals }, now);
  const states = await lockVouchers(
    tx,
    due.map((one) => one.id),
  );
  const open = due.filter((one) => states.get(one.id)?.state === 'unused');
  for (const one of open) movePoints(book, one);
  await writeBook(tx, book);
  if (open.length === 0) return 0;
  const { affectedRows } = await tx.query("UPDATE voucher SET state = 'lapsed' WHERE id IN (?) AND state = 'unused'", [
    open.map((one) => one.id),
  ]);
  if (affectedRows !== open.length) throw new TryAgain('a voucher changed although it was locked');
  return open.length;
}

function movePoints(book: Book, { id, programmeId, points: amount, transferId, lapsePolicy }: Due): void {
  if (transferId === null) return;
  const moved =
    lapsePolicy === 'refund'
      ? book.reverse(transferId, id)
      : book.post({
          programmeId,
          kind: 'forfeit',
          debit: { kind: 'vouchers', ownerId: programmeId },
          credit: { kind: 'breakage', ownerId: programmeId },
          points: points(amount),
          key: `forfeit:${id}`,
          causeId: id,
        });
  if (!moved.ok) throw new Error(`the vouchers account cannot refuse, and did: ${moved.refusal.code}`);
}
