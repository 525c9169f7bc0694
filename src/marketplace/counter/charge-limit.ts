import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Points, points, pointsFromSql } from '../../platform/points.ts';
import { accept, refuse } from '../../platform/result.ts';
import { LARGEST_CHARGE, limitOutOfRange } from './refusals.ts';

/** Up to how many points a counter may charge without asking a member who has set no limit. */
export const USUAL_CHARGE_LIMIT = points(500);

/** Up to how many points a counter may charge this member without asking. */
export async function chargeLimitOf({ db }: Deps, memberId: string): Promise<Points> {
  const [row] = await db.query('SELECT points FROM member_charge_limit WHERE member_id = ?', [memberId]);
  return row ? pointsFromSql(row.points) : USUAL_CHARGE_LIMIT;
}

/**
 * Sets up to how many points a counter may charge the member without asking; 0 asks every time. It holds for charges
 * from now on. The outcome holds the member's id. Refusals: LIMIT_OUT_OF_RANGE, KEY_MALFORMED, KEY_REUSED.
 */
export function setChargeLimit(
  deps: Deps,
  caller: MemberCaller,
  { key, points: limit }: { key: string; points: Points },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setChargeLimit', key, input: { points: limit } }, async (tx) => {
    if (limit < 0 || limit > LARGEST_CHARGE) return refuse(limitOutOfRange);
    const row = [caller.memberId, limit];
    await insertRows(
      tx,
      'member_charge_limit',
      ['member_id', 'points'],
      [row],
      'ON DUPLICATE KEY UPDATE points = VALUES(points)',
    );
    return accept(caller.memberId);
  });
}
