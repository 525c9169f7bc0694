import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import type { CounterDay } from '../verification-queries.ts';
import { ofDay } from './of-day.ts';

/** What one cashier did at one outlet on a day: how many and for how many points. */
export interface ShiftTotals {
  outletId: string;
  operatorId: string;
  scans: number;
  vouchers: number;
  voucherPoints: Points;
  charges: number;
  chargePoints: Points;
  refunds: number;
  refundPoints: Points;
}

const COUNTED = [
  { name: 'scans', table: 'card_scan', at: 'scanned_at', points: '0', join: '', when: '' },
  {
    name: 'voucher',
    table: 'verification',
    at: 'verified_at',
    points: 'redemption.points',
    join: 'JOIN voucher ON voucher.id = act.voucher_id JOIN redemption ON redemption.id = voucher.id',
    when: 'AND act.active = 1',
  },
  {
    name: 'charge',
    table: 'charge',
    at: 'charged_at',
    points: 'act.points',
    join: '',
    when: "AND act.state = 'posted'",
  },
  { name: 'refund', table: 'charge_refund', at: 'refunded_at', points: 'act.points', join: '', when: '' },
] as const;

interface TotalsRow {
  outletId: string;
  operatorId: string;
  scans: string;
  vouchers: string;
  voucherPoints: string;
  charges: string;
  chargePoints: string;
  refunds: string;
  refundPoints: string;
}

/** The cursor of totals. */
export const totalsCursor = ({ outletId, operatorId }: ShiftTotals) => `${outletId}-${operatorId}`;

/**
 * A page of what each cashier did at each outlet on a day: cards scanned, vouchers used and not undone, charges that
 * moved points, refunds. A charge counts on the day on which the cashier asked for it. One statement.
 */
export async function shiftTotals(db: EntityManager, of: CounterDay, page: PageRequest): Promise<Page<ShiftTotals>> {
  const [outletId, operatorId] = page.after?.split('-') ?? [];
  const parts = COUNTED.map(({ name, table, at, points, join, when }) => {
    const day = ofDay(table, at, of, 'act');
    return {
      sql: `SELECT '${name}' AS kind, act.outlet_id, act.operator_id, COUNT(*) AS acts, SUM(${points}) AS points
            FROM ${day.from} ${join} WHERE ${day.where} ${when} GROUP BY act.outlet_id, act.operator_id`,
      values: day.values,
    };
  });
  const rows: TotalsRow[] = await db.query(
    `SELECT outlet_id AS outletId, operator_id AS operatorId, ${counted('scans', 'scans')},
            ${counted('voucher', 'vouchers')}, ${summed('voucher')}, ${counted('charge', 'charges')}, ${summed('charge')},
            ${counted('refund', 'refunds')}, ${summed('refund')}
     FROM (${parts.map((part) => part.sql).join(' UNION ALL ')}) AS acts
     WHERE ? IS NULL OR outlet_id > ? OR (outlet_id = ? AND operator_id > ?)
     GROUP BY outlet_id, operator_id ORDER BY outlet_id, operator_id LIMIT ?`,
    [
      ...parts.flatMap((part) => part.values),
      outletId ?? null,
      outletId ?? '',
      outletId ?? '',
      operatorId ?? '',
      page.first + 1,
    ],
  );
  return pageOf(rows.map(toTotals), page);
}

const counted = (kind: string, name: string) => `SUM(IF(kind = '${kind}', acts, 0)) AS ${name}`;
const summed = (kind: string) => `SUM(IF(kind = '${kind}', points, 0)) AS ${kind}Points`;

function toTotals(row: TotalsRow): ShiftTotals {
  return {
    outletId: row.outletId,
    operatorId: row.operatorId,
    scans: Number(row.scans),
    vouchers: Number(row.vouchers),
    voucherPoints: pointsFromSql(row.voucherPoints),
    charges: Number(row.charges),
    chargePoints: pointsFromSql(row.chargePoints),
    refunds: Number(row.refunds),
    refundPoints: pointsFromSql(row.refundPoints),
  };
}
