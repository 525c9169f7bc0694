import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import type { Points } from '../../platform/points.ts';
import { type CounterDay, findCounterLines } from '../verification-queries.ts';
import { type ChargeState, findCharges, stateAt } from './charge-queries.ts';
import { readTimeCursor } from './cursor.ts';
import { ofDay } from './of-day.ts';
import { findRefunds } from './refund-queries.ts';

export type ShiftLineKind = 'voucher' | 'charge' | 'refund';

/** One act at the counter. */
export interface ShiftLine {
  kind: ShiftLineKind;
  /** Of the verification, the charge or the refund. */
  id: string;
  at: Date;
  outletId: string;
  operatorId: string;
  points: Points;
  /** In full: mask it before it leaves. */
  memberName: string;
  /** Of the voucher's offer; null for the others. */
  offerTitle: string | null;
  /** Of a charge, and of what a refund belongs to, where the cashier gave it. */
  billFen: number | null;
  /** Of a charge; null for the others. */
  chargeState: ChargeState | null;
  /** Of a refund: the charge that it belongs to. */
  chargeId: string | null;
  /** Of a voucher whose use was taken back. */
  undoneAt: Date | null;
}

const ACTS = [
  { kind: 'voucher', table: 'verification', at: 'verified_at' },
  { kind: 'charge', table: 'charge', at: 'charged_at' },
  { kind: 'refund', table: 'charge_refund', at: 'refunded_at' },
] as const;

interface Place {
  kind: ShiftLineKind;
  id: string;
  at: Date;
  outletId: string;
  operatorId: string;
}

/**
 * A page of a day's vouchers, charges and refunds, in every state, newest first; see timeCursor. Five statements: the
 * first walks an index of each table as far as the page goes.
 */
export async function shiftLines(
  db: EntityManager,
  of: CounterDay,
  page: PageRequest,
  now: Date,
): Promise<Page<ShiftLine>> {
  const places = await placesOf(db, of, page);
  const idsOf = (kind: ShiftLineKind) => places.filter((place) => place.kind === kind).map(({ id }) => id);
  const vouchers = await findCounterLines(db, idsOf('voucher'));
  const charges = await findCharges(db, idsOf('charge'));
  const refunds = await findRefunds(db, idsOf('refund'));
  const nothing = { offerTitle: null, billFen: null, chargeState: null, chargeId: null, undoneAt: null };
  const lines = places.map((place): ShiftLine => {
    if (place.kind === 'voucher') {
      const { points, memberName, offerTitle, undoneAt } = vouchers.get(place.id)!;
      return { ...place, ...nothing, points, memberName, offerTitle, undoneAt };
    }
    if (place.kind === 'charge') {
      const charge = charges.get(place.id)!;
      const { points, memberName, billFen } = charge;
      return { ...place, ...nothing, points, memberName, billFen, chargeState: stateAt(charge, now) };
    }
    const { points, charge } = refunds.get(place.id)!;
    return {
      ...place,
      ...nothing,
      points,
      memberName: charge.memberName,
      billFen: charge.billFen,
      chargeId: charge.id,
    };
  });
  return pageOf(lines, page);
}

async function placesOf(db: EntityManager, of: CounterDay, page: PageRequest): Promise<Place[]> {
  const last = page.after === undefined ? undefined : readTimeCursor(page.after);
  if (page.after !== undefined && last === undefined) return [];
  const parts = ACTS.map(({ kind, table, at }) => {
    const day = ofDay(table, at, of);
    const before = last === undefined ? '' : `AND ${at} <= ? AND (${at} < ? OR id < ?)`;
    return {
      sql: `(SELECT '${kind}' AS kind, id, ${at} AS at, outlet_id AS outletId, operator_id AS operatorId
             FROM ${day.from} WHERE ${day.where} ${before} ORDER BY ${at} DESC, id DESC LIMIT ?)`,
      values: [...day.values, ...(last === undefined ? [] : [last.at, last.at, last.id]), page.first + 1],
    };
  });
  return db.query(`${parts.map((part) => part.sql).join(' UNION ALL ')} ORDER BY at DESC, id DESC LIMIT ?`, [
    ...parts.flatMap((part) => part.values),
    page.first + 1,
  ]);
}
