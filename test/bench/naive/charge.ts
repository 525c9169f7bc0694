/** A charge as a good engineer writes it by hand: one transaction, every check and every row that ours has. */
import type { Connection } from 'mysql2/promise';
import { USUAL_CHARGE_LIMIT } from '../../../src/marketplace/counter/charge-limit.ts';
import { chargeUntil } from '../../../src/marketplace/counter/decide-charge.ts';
import * as no from '../../../src/marketplace/counter/refusals.ts';
import { beijingDay } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Refusal } from '../../../src/platform/result.ts';
import { change, insertTransfer, outcomeBefore, rows, storeAccepted, storeRefused } from './statements.ts';

interface Asked {
  operatorId: string;
  merchantId: string;
  outletId: string;
  requestNumber: string;
  scanId: string;
  billFen: number;
}

interface Visit {
  id: string;
  programmeId: string;
  merchantId: string;
  outletId: string;
  memberId: string;
  scannedAt: Date;
  chargeLimit: number;
  chargeId: string | null;
  merchantState: string;
  memberState: string;
  rateFen: number | null;
  accountId: string | null;
  merchantAccountId: string;
}

interface Lot {
  id: string;
  remaining: number;
}

/** Charges a bill against a scan. Returns undefined, or the code of the refusal. */
export async function chargeNaively(c: Connection, asked: Asked): Promise<string | undefined> {
  const now = new Date();
  const { operatorId, merchantId, requestNumber, scanId, billFen } = asked;
  const input = { scanId, points: null, billFen };
  const request = { actor: `merchant:${merchantId}`, key: requestNumber, operation: 'chargeCard', input };
  const before = await outcomeBefore(c, request);
  if (before !== 'first') return before;
  const refused = (refusal: Refusal) => storeRefused(c, request, refusal, now);

  const visit = await findVisit(c, scanId, beijingDay(now));
  const refusal = refusalOfVisit(visit, asked, now);
  if (refusal || !visit) return refused(refusal ?? no.scanUnknown);
  const points = Math.ceil(billFen / visit.rateFen!);
  if (points > no.LARGEST_CHARGE) return refused(no.pointsOutOfRange);
  if (visit.accountId === null) return refused(no.memberLacksPoints);
  const [account] = await rows<{ balance: number }>(c, 'SELECT balance FROM account WHERE id = ? FOR UPDATE', [
    visit.accountId,
  ]);
  const lots = await rows<Lot>(
    c,
    `SELECT id, remaining FROM lot WHERE account_id = ? AND is_open = 1 AND expires_at > ? ORDER BY expires_at, id`,
    [visit.accountId, now],
  );
  if (lots.reduce((sum, lot) => sum + lot.remaining, 0) < points) return refused(no.memberLacksPoints);
  const id = newId();
  const isHeld = points > visit.chargeLimit;
  const transferId = isHeld ? null : await pay(c, visit, { points, balance: account!.balance, lots, causeId: id, now });
  // The unique key over scan_id is what keeps a scan from being charged twice.
  await change(
    c,
    `INSERT INTO charge (id, programme_id, merchant_id, outlet_id, operator_id, member_id, scan_id, request_number,
                         bill_fen, points, rate_fen, state, hold_until, transfer_id, charged_at, decided_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      visit.programmeId,
      merchantId,
      visit.outletId,
      operatorId,
      visit.memberId,
      visit.id,
      requestNumber,
      billFen,
      points,
      visit.rateFen,
      isHeld ? 'held' : 'posted',
      isHeld ? new Date(now.getTime() + 2 * 60_000) : null,
      transferId,
      now,
      isHeld ? null : now,
    ],
  );
  await storeAccepted(c, request, id, now);
  await c.commit();
  return undefined;
}

/** The scan, with all that is judged of it. */
async function findVisit(c: Connection, scanId: string, day: string): Promise<Visit | undefined> {
  const [visit] = await rows<Visit>(
    c,
    `SELECT scan.id, scan.programme_id AS programmeId, scan.merchant_id AS merchantId, scan.outlet_id AS outletId,
            scan.member_id AS memberId, scan.scanned_at AS scannedAt, IFNULL(own.points, ?) AS chargeLimit,
            charge.id AS chargeId, merchant.state AS merchantState, member.state AS memberState,
            IF(contract.id IS NULL, NULL, COALESCE(contract.point_price_fen, programme.point_price_fen)) AS rateFen,
            a.id AS accountId, ma.id AS merchantAccountId
     FROM card_scan AS scan
     JOIN merchant ON merchant.id = scan.merchant_id
     JOIN member ON member.id = scan.member_id
     JOIN programme ON programme.id = scan.programme_id
     JOIN account ma ON ma.programme_id = scan.programme_id AND ma.kind = 'merchant' AND ma.owner_id = scan.merchant_id
     LEFT JOIN account a ON a.programme_id = scan.programme_id AND a.kind = 'member' AND a.owner_id = scan.member_id
     LEFT JOIN contract ON contract.programme_id = scan.programme_id AND contract.merchant_id = scan.merchant_id
       AND contract.from_day <= ? AND (contract.until_day IS NULL OR contract.until_day >= ?)
     LEFT JOIN member_charge_limit AS own ON own.member_id = scan.member_id
     LEFT JOIN charge ON charge.scan_id = scan.id
     WHERE scan.id = ?`,
    [USUAL_CHARGE_LIMIT, day, day, scanId],
  );
  return visit;
}

function refusalOfVisit(
  visit: Visit | undefined,
  { merchantId, outletId, billFen }: Asked,
  now: Date,
): Refusal | undefined {
  if (visit?.merchantId !== merchantId || visit.outletId !== outletId) return no.scanUnknown;
  if (visit.chargeId !== null) return no.scanUsed;
  if (now > chargeUntil(visit.scannedAt)) return no.scanTooOld;
  if (visit.merchantState !== 'active') return no.merchantNotActive;
  if (visit.rateFen === null) return no.contractNotInForce;
  if (visit.memberState !== 'active') return no.cardHolderNotActive;
  if (billFen < 1 || billFen > no.LARGEST_BILL_FEN) return no.billOutOfRange;
  return visit.rateFen < 1 ? no.rateMissing : undefined;
}

interface Payment {
  points: number;
  balance: number;
  lots: readonly Lot[];
  causeId: string;
  now: Date;
}

async function pay(c: Connection, visit: Visit, { points, balance, lots, causeId, now }: Payment): Promise<string> {
  const transfer = {
    programmeId: visit.programmeId,
    kind: 'charge',
    debitAccountId: visit.accountId!,
    creditAccountId: visit.merchantAccountId,
    points,
    key: `charge:${causeId}`,
    causeId,
    balanceAfter: balance - points,
  };
  const transferId = await insertTransfer(c, newId(), beijingDay(now), transfer, now);
  let rest = points;
  for (const lot of lots) {
    const part = Math.min(rest, lot.remaining);
    await change(c, 'UPDATE lot SET remaining = remaining - ? WHERE id = ?', [part, lot.id]);
    await change(c, 'INSERT INTO lot_movement (transfer_id, lot_id, points) VALUES (?, ?, ?)', [
      transferId,
      lot.id,
      -part,
    ]);
    rest -= part;
    if (rest === 0) break;
  }
  await change(c, 'UPDATE account SET balance = balance - ? WHERE id = ?', [points, visit.accountId]);
  return transferId;
}
