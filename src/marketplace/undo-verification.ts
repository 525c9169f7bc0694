import { merchantActor, type StaffCaller } from '../identity/caller.ts';
import { reverse } from '../ledger/post.ts';
import { type Outcome, once } from '../platform/db/idempotency.ts';
import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { programmeTerms } from '../unions/standing.ts';
import { lockVouchers } from './lock-vouchers.ts';
import { undoTooLate, verificationUndone, verificationUnknown } from './refusals-redemption.ts';
import { ofRequestNumber } from './request-number.ts';

/**
 * Takes back a mistaken verification within the programme's window: the voucher can be used again, the points leave the
 * merchant's account. The outcome holds the verification's id. Sent again with the same request number it answers the
 * same. Refusals: VERIFICATION_UNKNOWN (also for another
 * merchant's, and for another outlet's when the person works at one), VERIFICATION_UNDONE, UNDO_TOO_LATE,
 * REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED.
 */
export async function undoVerification(
  { db, clock }: Deps,
  caller: StaffCaller,
  { requestNumber: key, verificationId }: { requestNumber: string; verificationId: string },
): Promise<Outcome> {
  const now = clock.now();
  const request = { actor: merchantActor(caller), key, operation: 'undoVerification', input: { verificationId } };
  return ofRequestNumber(
    await inTransaction(db, (tx) => once(tx, request, now, () => undo(tx, caller, verificationId, now))),
  );
}

interface Row {
  voucher_id: string;
  outlet_id: string;
  transfer_id: string | null;
  verified_at: Date;
  undone_at: Date | null;
  programme_id: string;
}

async function undo(tx: Tx, caller: StaffCaller, id: string, now: Date): Promise<Outcome> {
  const [row]: Row[] = await tx.query(
    `SELECT verification.voucher_id, verification.outlet_id, verification.transfer_id, verification.verified_at,
            verification.undone_at, redemption.programme_id
     FROM verification JOIN redemption ON redemption.id = verification.voucher_id
     WHERE verification.id = ? AND verification.merchant_id = ?`,
    [id, caller.merchantId],
  );
  if (!row || (caller.outletId !== null && caller.outletId !== row.outlet_id)) return refuse(verificationUnknown);
  if (row.undone_at) return refuse(verificationUndone);
  const minutes = (await programmeTerms(tx, [row.programme_id])).get(row.programme_id)?.undoMinutes ?? 0;
  if (now.getTime() > row.verified_at.getTime() + minutes * 60_000) return refuse(undoTooLate(minutes));
  await lockVouchers(tx, [row.voucher_id]);
  const { affectedRows } = await tx.query(
    'UPDATE verification SET undone_at = ?, undone_by = ?, active = NULL WHERE id = ? AND undone_at IS NULL',
    [now, caller.operatorId, id],
  );
  if (affectedRows !== 1) return refuse(verificationUndone);
  await tx.query("UPDATE voucher SET state = 'unused' WHERE id = ? AND state = 'used'", [row.voucher_id]);
  if (row.transfer_id) await reverse(tx, [{ transferId: row.transfer_id, causeId: id }], now);
  return accept(id);
}
