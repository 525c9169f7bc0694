/** A verification as a good engineer writes it by hand: one transaction, every check and every row that ours has. */
import type { Connection } from 'mysql2/promise';
import * as no from '../../../src/marketplace/refusals-redemption.ts';
import { voucherCodeHash } from '../../../src/marketplace/voucher-code.ts';
import { beijingDay } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Refusal } from '../../../src/platform/result.ts';
import { change, insertTransfer, outcomeBefore, rows, storeAccepted, storeRefused } from './statements.ts';

interface Shown {
  operatorId: string;
  merchantId: string;
  outletId: string;
  requestNumber: string;
  code: string;
}

interface Found {
  id: string;
  programmeId: string;
  merchantId: string;
  points: number;
  state: string;
  validUntil: Date;
  offerOutletId: string | null;
  vouchersAccountId: string;
  merchantAccountId: string;
}

/** Uses a voucher at an outlet. Returns undefined, or the code of the refusal. */
export async function verifyNaively(c: Connection, shown: Shown, voucherKey: Buffer): Promise<string | undefined> {
  const now = new Date();
  const { operatorId, merchantId, outletId, requestNumber } = shown;
  const codeHash = voucherCodeHash(voucherKey, shown.code);
  const input = { outletId, codeHash: codeHash.toString('hex') };
  const request = { actor: `merchant:${merchantId}`, key: requestNumber, operation: 'verifyVoucher', input };
  const before = await outcomeBefore(c, request);
  if (before !== 'first') return before;
  const refused = (refusal: Refusal) => storeRefused(c, request, refusal, now);

  const voucher = await findVoucher(c, codeHash, outletId);
  if (!voucher || voucher.merchantId !== merchantId) return refused(no.voucherUnknown);
  if (voucher.offerOutletId === null) return refused(no.wrongOutlet);
  const refusal = refusalOfState(voucher, now);
  if (refusal) return refused(refusal);
  // The condition is what keeps a voucher from being used twice; the row is locked from here on.
  const used = await change(c, "UPDATE voucher SET state = 'used' WHERE id = ? AND state = 'unused'", [voucher.id]);
  if (used === 0) return refused(no.voucherUsed);

  const id = newId();
  const transfer = {
    programmeId: voucher.programmeId,
    kind: 'verification',
    debitAccountId: voucher.vouchersAccountId,
    creditAccountId: voucher.merchantAccountId,
    points: voucher.points,
    key: `verification:${id}`,
    causeId: id,
    balanceAfter: null,
  };
  const transferId = voucher.points > 0 ? await insertTransfer(c, newId(), beijingDay(now), transfer, now) : null;
  await change(
    c,
    `INSERT INTO verification (id, voucher_id, merchant_id, outlet_id, operator_id, request_number, transfer_id, verified_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, voucher.id, merchantId, outletId, operatorId, requestNumber, transferId, now],
  );
  await storeAccepted(c, request, id, now);
  await c.commit();
  return undefined;
}

async function findVoucher(c: Connection, codeHash: Buffer, outletId: string): Promise<Found | undefined> {
  const [found] = await rows<Found>(
    c,
    `SELECT voucher.id, voucher.state, voucher.valid_until AS validUntil, redemption.programme_id AS programmeId,
            redemption.merchant_id AS merchantId, redemption.points, offer_outlet.outlet_id AS offerOutletId,
            vouchers.id AS vouchersAccountId, merchant.id AS merchantAccountId
     FROM voucher
     JOIN redemption ON redemption.id = voucher.id
     JOIN account AS vouchers ON vouchers.programme_id = redemption.programme_id AND vouchers.kind = 'vouchers'
       AND vouchers.owner_id = redemption.programme_id
     JOIN account AS merchant ON merchant.programme_id = redemption.programme_id AND merchant.kind = 'merchant'
       AND merchant.owner_id = redemption.merchant_id
     LEFT JOIN offer_outlet ON offer_outlet.offer_id = redemption.offer_id AND offer_outlet.outlet_id = ?
     WHERE voucher.code_hash = ?`,
    [outletId, codeHash],
  );
  return found;
}

function refusalOfState({ state, validUntil }: Found, now: Date): Refusal | undefined {
  if (state === 'used') return no.voucherUsed;
  if (state === 'cancelled') return no.voucherCancelled;
  return state === 'lapsed' || validUntil <= now ? no.voucherLapsed : undefined;
}
