import { merchantActor, type StaffCaller } from '../../identity/caller.ts';
import { loadBook } from '../../ledger/load-book.ts';
import { refundTooLarge } from '../../ledger/refusals.ts';
import { writeBook } from '../../ledger/write-book.ts';
import { type Outcome, once } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { type Points, points, pointsFromSql } from '../../platform/points.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { ofRequestNumber } from '../request-number.ts';
import type { ChargeState } from './charge-queries.ts';
import { chargeNotPosted, chargeNotYours, chargeUnknown, pointsOutOfRange } from './refusals.ts';

/** What is to be given back of a charge; with null all that is left of it. */
export interface AskedRefund {
  requestNumber: string;
  chargeId: string;
  points: Points | null;
}

/**
 * Gives points of a charge back to the lots that they came from. The cashier who charged may, and who is allowed to
 * refund charges of others; at the charge's outlet. It needs no contract that is in force. The outcome holds the
 * refund's id. Sent again with the same request number it answers the same.
 * Refusals: CHARGE_UNKNOWN (also for one of another merchant or outlet), CHARGE_NOT_YOURS, CHARGE_NOT_POSTED,
 * POINTS_OUT_OF_RANGE, REFUND_TOO_LARGE, REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED.
 */
export async function refundCharge({ db, clock }: Deps, caller: StaffCaller, asked: AskedRefund): Promise<Outcome> {
  const now = clock.now();
  const { requestNumber: key, ...input } = asked;
  const request = { actor: merchantActor(caller), key, operation: 'refundCharge', input };
  const outcome = await inTransaction(db, (tx) => once(tx, request, now, () => refund(tx, caller, asked, now)));
  return ofRequestNumber(outcome);
}

async function refund(tx: Tx, caller: StaffCaller, asked: AskedRefund, now: Date): Promise<Outcome> {
  const charge = await chargeToRefund(tx, caller, asked.chargeId);
  if (!charge.ok) return charge;
  const { transferId, outletId } = charge.value;
  const id = newId();
  const key = `refund:${id}`;
  const book = await loadBook(tx, { accounts: [], keys: [key], refunds: [transferId] }, now);
  const left = await lockLeft(tx, asked.chargeId);
  const amount = asked.points ?? left;
  if (left === 0) return refuse(refundTooLarge(0));
  if (amount < 1) return refuse(pointsOutOfRange);
  const posted = book.refund({ transferId, points: amount, key, causeId: id });
  if (!posted.ok) return posted;
  await writeBook(tx, book);
  await tx.query('UPDATE charge SET refunded = refunded + ? WHERE id = ?', [amount, asked.chargeId]);
  const row = {
    id,
    charge_id: asked.chargeId,
    merchant_id: caller.merchantId,
    outlet_id: outletId,
    operator_id: caller.operatorId,
    request_number: asked.requestNumber,
    points: amount,
    transfer_id: posted.value.transferId,
    refunded_at: now,
  };
  await insertRows(tx, 'charge_refund', Object.keys(row), [Object.values(row)]);
  return accept(id);
}

async function chargeToRefund(
  tx: Tx,
  caller: StaffCaller,
  id: string,
): Promise<Result<{ transferId: string; outletId: string }>> {
  const [row]: { outlet_id: string; operator_id: string; state: ChargeState; transfer_id: string | null }[] =
    await tx.query('SELECT outlet_id, operator_id, state, transfer_id FROM charge WHERE id = ? AND merchant_id = ?', [
      id,
      caller.merchantId,
    ]);
  if (!row || (caller.outletId !== null && caller.outletId !== row.outlet_id)) return refuse(chargeUnknown);
  if (row.operator_id !== caller.operatorId && !caller.permissions.has('charges:refund-of-others'))
    return refuse(chargeNotYours);
  // Once a charge is posted it stays so.
  return row.transfer_id === null
    ? refuse(chargeNotPosted)
    : accept({ transferId: row.transfer_id, outletId: row.outlet_id });
}

/** Locks a charge, after the member's account, and reads what was not refunded of it. */
async function lockLeft(tx: Tx, id: string): Promise<Points> {
  const [row] = await tx.query('SELECT points, refunded FROM charge WHERE id = ? FOR UPDATE', [id]);
  return points(pointsFromSql(row.points) - pointsFromSql(row.refunded));
}
