import type { EntityManager } from 'typeorm';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import { type ChargeLine, findCharges } from './charge-queries.ts';

/** A part of a charge that was given back. */
export interface RefundPart {
  id: string;
  chargeId: string;
  points: Points;
  refundedAt: Date;
  operatorName: string;
}

/** A part of a charge that was given back, with the charge as it stands. */
export interface RefundLine extends RefundPart {
  charge: ChargeLine;
}

/** How many refunds of a charge are shown with it. */
export const MOST_REFUNDS = 20;

const REFUNDS = `
  SELECT refund.id, refund.charge_id AS chargeId, refund.points, refund.refunded_at AS refundedAt,
         operator.name AS operatorName
  FROM charge_refund AS refund JOIN operator ON operator.id = refund.operator_id`;

/** The refunds of these ids with their charges, by id; two statements. */
export async function findRefunds(db: EntityManager, ids: readonly string[]): Promise<Map<string, RefundLine>> {
  if (ids.length === 0) return new Map();
  const rows: RefundPart[] = await db.query(`${REFUNDS} WHERE refund.id IN (?)`, [ids]);
  const charges = await findCharges(db, [...new Set(rows.map(({ chargeId }) => chargeId))]);
  return new Map(rows.map((row) => [row.id, { ...toPart(row), charge: charges.get(row.chargeId)! }]));
}

/** The newest refunds of these charges, so many as are shown, by the charge's id; one statement. */
export async function refundsOfCharges(
  db: EntityManager,
  chargeIds: readonly string[],
): Promise<Map<string, RefundPart[]>> {
  const parts = new Map<string, RefundPart[]>();
  if (chargeIds.length === 0) return parts;
  const rows: RefundPart[] = await db.query(
    `${REFUNDS} JOIN (SELECT id, ROW_NUMBER() OVER (PARTITION BY charge_id ORDER BY id DESC) AS place
                      FROM charge_refund WHERE charge_id IN (?)) AS shown ON shown.id = refund.id AND shown.place <= ?
     ORDER BY refund.id DESC`,
    [chargeIds, MOST_REFUNDS],
  );
  for (const part of rows.map(toPart)) parts.set(part.chargeId, [...(parts.get(part.chargeId) ?? []), part]);
  return parts;
}

function toPart(row: RefundPart): RefundPart {
  return { ...row, points: pointsFromSql(row.points) };
}
