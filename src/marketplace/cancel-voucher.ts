import { loadBook } from '../ledger/load-book.ts';
import { writeBook } from '../ledger/write-book.ts';
import { type Outcome, once } from '../platform/db/idempotency.ts';
import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { lockVouchers } from './lock-vouchers.ts';
import type { CodeSource } from './offer.entity.ts';
import {
  prizeNotCancelled,
  redemptionUnknown,
  voucherCancelled,
  voucherCodeShown,
  voucherLapsed,
  voucherUsed,
} from './refusals-redemption.ts';

/**
 * Cancels a member's own unused voucher: the points go back to the lots they came from, the piece goes back on sale and
 * no longer counts against the limit. The outcome holds the redemption's id. Refusals: REDEMPTION_UNKNOWN,
 * PRIZE_NOT_CANCELLED, VOUCHER_CODE_SHOWN, VOUCHER_USED, VOUCHER_CANCELLED, VOUCHER_LAPSED, KEY_MALFORMED, KEY_REUSED.
 */
export function cancelVoucher(
  { db, clock }: Deps,
  { actor, memberId, key, redemptionId }: { actor: string; memberId: string; key: string; redemptionId: string },
): Promise<Outcome> {
  const now = clock.now();
  const request = { actor, key, operation: 'cancelVoucher', input: { redemptionId } };
  return inTransaction(db, (tx) => once(tx, request, now, () => cancel(tx, memberId, redemptionId, now)));
}

interface Cancelled {
  offer_id: string;
  transfer_id: string | null;
  is_prize: number;
  code_source: CodeSource;
}

async function cancel(tx: Tx, memberId: string, redemptionId: string, now: Date): Promise<Outcome> {
  const [redemption]: Cancelled[] = await tx.query(
    `SELECT redemption.offer_id, redemption.transfer_id, redemption.is_prize, offer.code_source
     FROM redemption JOIN offer ON offer.id = redemption.offer_id WHERE redemption.id = ? AND redemption.member_id = ?`,
    [redemptionId, memberId],
  );
  if (!redemption) return refuse(redemptionUnknown);
  if (redemption.is_prize) return refuse(prizeNotCancelled);
  if (redemption.code_source === 'pool') return refuse(voucherCodeShown);
  const reversals = redemption.transfer_id ? [redemption.transfer_id] : [];
  const book = await loadBook(tx, { accounts: [], keys: [], reversals }, now);
  const voucher = (await lockVouchers(tx, [redemptionId])).get(redemptionId);
  if (!voucher || voucher.state === 'lapsed') return refuse(voucherLapsed);
  if (voucher.state === 'used') return refuse(voucherUsed);
  if (voucher.state === 'cancelled') return refuse(voucherCancelled);
  if (voucher.validUntil <= now) return refuse(voucherLapsed);
  for (const transferId of reversals) {
    const reversed = book.reverse(transferId, redemptionId);
    if (!reversed.ok) throw new Error(`redemption ${redemptionId} cannot be reversed: ${reversed.refusal.code}`);
  }
  await writeBook(tx, book);
  await tx.query("UPDATE voucher SET state = 'cancelled' WHERE id = ? AND state = 'unused'", [redemptionId]);
  await tx.query('UPDATE redemption SET limit_slot = NULL WHERE id = ?', [redemptionId]);
  await tx.query('UPDATE offer_stock SET remaining = remaining + 1 WHERE offer_id = ?', [redemption.offer_id]);
  return accept(redemptionId);
}
