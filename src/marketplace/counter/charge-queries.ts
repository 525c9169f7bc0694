import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { type Points, points, pointsFromSql } from '../../platform/points.ts';

/** held: the member is asked. posted: the points are moved. lapsed: the member did not answer in time. */
export type ChargeState = 'held' | 'posted' | 'declined' | 'lapsed';

/** A charge with what either door shows of it. */
export interface ChargeLine {
  id: string;
  programmeId: string;
  merchantName: string;
  merchantId: string;
  outletId: string;
  outletName: string;
  operatorId: string;
  operatorName: string;
  /** In full: mask it before it leaves. */
  memberName: string;
  points: Points;
  billFen: number | null;
  /** What a point was worth, in fen. */
  rateFen: number;
  /** The merchant's own. */
  requestNumber: string;
  /** What of it was given back. */
  refunded: Points;
  /** As it is written down: a hold that has lapsed may still say held. See stateAt. */
  state: ChargeState;
  holdUntil: Date | null;
  chargedAt: Date;
  decidedAt: Date | null;
}

/** A card that was scanned, with what the cashier needs to know. */
export interface ScanLine {
  id: string;
  /** In full: mask it before it leaves. */
  memberName: string;
  discount: string | null;
  /** How many per cent the discount takes off; null where its words say it some other way. */
  discountPercent: number | null;
  /** Before the discount. */
  billFen: number | null;
  /** What the discount takes off the bill, in fen; null without a bill or a percent. */
  discountGivenFen: number | null;
  /** What a point is worth at the merchant, in fen, by the contract of the scan. */
  rateFen: number;
  scannedAt: Date;
}

/** The state of a charge at an instant: a hold has lapsed when its time is over, whether or not that is written down. */
export function stateAt({ state, holdUntil }: Pick<ChargeLine, 'state' | 'holdUntil'>, now: Date): ChargeState {
  return state === 'held' && holdUntil !== null && holdUntil <= now ? 'lapsed' : state;
}

/** What can still be given back of a charge. */
export function refundableOf({ state, points: charged, refunded }: ChargeLine): Points {
  return points(state === 'posted' ? charged - refunded : 0);
}

/**
 * Charges with all that is shown of them. Told which index, because a member's charges are few among everybody's, which
 * the optimizer may not believe.
 */
export const chargesBy = (index: string) => `
  SELECT charge.id, charge.programme_id AS programmeId, charge.merchant_id AS merchantId,
         merchant.name AS merchantName, charge.outlet_id AS outletId, outlet.name AS outletName,
         charge.operator_id AS operatorId, operator.name AS operatorName, member.name AS memberName, charge.points,
         charge.bill_fen AS billFen, charge.refunded, charge.state, charge.hold_until AS holdUntil,
         charge.charged_at AS chargedAt, charge.decided_at AS decidedAt,
         charge.rate_fen AS rateFen, charge.request_number AS requestNumber
  FROM charge FORCE INDEX (${index}) JOIN merchant ON merchant.id = charge.merchant_id JOIN outlet ON outlet.id = charge.outlet_id
  JOIN operator ON operator.id = charge.operator_id JOIN member ON member.id = charge.member_id`;

/** The charges of these ids, by id; one statement with all that is shown. */
export async function findCharges(db: EntityManager, ids: readonly string[]): Promise<Map<string, ChargeLine>> {
  if (ids.length === 0) return new Map();
  return byId((await db.query(`${chargesBy('PRIMARY')} WHERE charge.id IN (?)`, [ids])).map(toCharge));
}

/** A page of what counters charged a member, in every state, newest first; the cursor is the id. One statement. */
export async function chargesOfMember(
  db: EntityManager,
  memberId: string,
  page: PageRequest,
): Promise<Page<ChargeLine>> {
  const before = page.after === undefined ? '' : 'AND charge.id < ?';
  const values = page.after === undefined ? [memberId] : [memberId, page.after];
  const rows = await db.query(
    `${chargesBy('charge_of_member')} WHERE charge.member_id = ? ${before} ORDER BY charge.id DESC LIMIT ?`,
    [...values, page.first + 1],
  );
  return pageOf(rows.map(toCharge), page);
}

/** How many charges can wait for a member at once and be shown. */
export const MOST_PENDING = 10;

/** The charges that wait for a member now, the one that lapses first at the front. One statement, for it is polled. */
export async function pendingCharges(db: EntityManager, memberId: string, now: Date): Promise<ChargeLine[]> {
  const rows = await db.query(
    `${chargesBy('charge_held')} WHERE charge.member_id = ? AND charge.state = 'held' AND charge.hold_until > ?
     ORDER BY charge.hold_until LIMIT ?`,
    [memberId, now, MOST_PENDING],
  );
  return rows.map(toCharge);
}

/** The scans of these ids, by id; one statement. */
export async function findScans(db: EntityManager, ids: readonly string[]): Promise<Map<string, ScanLine>> {
  if (ids.length === 0) return new Map();
  const rows: ScanLine[] = await db.query(
    `SELECT scan.id, member.name AS memberName, scan.discount, scan.discount_percent AS discountPercent,
            scan.bill_fen AS billFen, scan.discount_given_fen AS discountGivenFen,
            COALESCE(contract.point_price_fen, programme.point_price_fen) AS rateFen, scan.scanned_at AS scannedAt
     FROM card_scan AS scan JOIN member ON member.id = scan.member_id JOIN contract ON contract.id = scan.contract_id
     JOIN programme ON programme.id = scan.programme_id WHERE scan.id IN (?)`,
    [ids],
  );
  return byId(rows.map((row) => ({ ...row, billFen: fen(row.billFen), discountGivenFen: fen(row.discountGivenFen) })));
}

/** A row of chargesBy. What BIGINT columns hold comes as text or number. */
export function toCharge(row: ChargeLine): ChargeLine {
  return {
    ...row,
    points: pointsFromSql(row.points),
    refunded: pointsFromSql(row.refunded),
    billFen: fen(row.billFen),
  };
}

const fen = (value: number | string | null) => (value === null ? null : Number(value));

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
