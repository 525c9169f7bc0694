import type { Tx } from '../../platform/db/transaction.ts';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { ChargeState } from './charge-queries.ts';
import { chargeDeclined, chargePosted, chargeUnknown, holdLapsed } from './refusals.ts';
import type { Visit } from './standings.ts';

/** A charge that the member has to speak on. */
export interface Hold extends Visit {
  id: string;
  points: Points;
}

/** The member's own charge of this id, whatever its state. Nothing that is read here ever changes. Refusal: CHARGE_UNKNOWN. */
export async function findHold(tx: Tx, memberId: string, id: string): Promise<Result<Hold>> {
  const [row]: (Hold & { points: number })[] = await tx.query(
    `SELECT id, programme_id AS programmeId, merchant_id AS merchantId, member_id AS memberId, points
     FROM charge WHERE id = ? AND member_id = ?`,
    [id, memberId],
  );
  return row ? accept({ ...row, points: pointsFromSql(row.points) }) : refuse(chargeUnknown);
}

/**
 * Locks a charge, after the member's account, for as long as it waits for the member. Refusals: CHARGE_POSTED,
 * CHARGE_DECLINED, HOLD_LAPSED.
 */
export async function lockHold(tx: Tx, id: string, now: Date): Promise<Result<void>> {
  const [row]: { state: ChargeState; hold_until: Date | null }[] = await tx.query(
    'SELECT state, hold_until FROM charge WHERE id = ? FOR UPDATE',
    [id],
  );
  if (row?.state === 'posted') return refuse(chargePosted);
  if (row?.state === 'declined') return refuse(chargeDeclined);
  const isWaiting = row?.state === 'held' && row.hold_until !== null && row.hold_until > now;
  return isWaiting ? accept(undefined) : refuse(holdLapsed);
}
