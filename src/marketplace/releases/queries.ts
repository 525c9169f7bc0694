import type { EntityManager } from 'typeorm';
import { groupBy } from '../../platform/group-by.ts';

/** Pieces of an offer that come on sale at an instant. */
export interface Release {
  offerId: string;
  releaseAt: Date;
  count: number;
}

/** The instant up to which an offer's releases are counted in its stock, by whatever clock; null when none is. */
export async function countedUntil(db: EntityManager, offerId: string): Promise<Date | null> {
  const [row] = await db.query(
    `SELECT MAX(r.release_at) AS counted FROM offer_release r JOIN offer_stock s ON s.offer_id = r.offer_id
     WHERE r.offer_id = ? AND (s.next_release_at IS NULL OR r.release_at < s.next_release_at)`,
    [offerId],
  );
  return row.counted;
}

/** The releases of each offer that are still to come, the next one first: at most a hundred. An offer without any is absent. */
export async function releasesToCome(
  db: EntityManager,
  offerIds: readonly string[],
  now: Date,
): Promise<Map<string, Release[]>> {
  const rows: Release[] = await db.query(
    `SELECT STRAIGHT_JOIN r.offer_id AS offerId, r.release_at AS releaseAt, r.count
     FROM offer_release r JOIN offer_stock s ON s.offer_id = r.offer_id AND r.release_at >= s.next_release_at
     WHERE r.offer_id IN (?) AND r.release_at > ? ORDER BY r.offer_id, r.release_at`,
    [offerIds, now],
  );
  return groupBy(rows, (row) => row.offerId);
}
