import type { EntityManager } from 'typeorm';
import type { SqlValue } from '../../platform/db/sql.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { withinCategory } from '../categories.ts';
import { contractCovers } from '../contracts/contracts.ts';
import type { MerchantCategory } from '../merchant.entity.ts';
import { boxAround, distanceCursor, type Near, readDistanceCursor } from '../search/near.ts';

export interface NearbyWanted {
  programmeIds: readonly string[];
  near: Near;
  /** With those under it. */
  category?: MerchantCategory | undefined;
  now: Date;
}

export interface NearbyOutlet {
  outletId: string;
  /** In a straight line, rounded to whole metres. */
  metres: number;
}

/** The cursor of a list by distance. */
export function nearbyCursor({ metres, outletId }: NearbyOutlet): string {
  return distanceCursor({ id: outletId, metres });
}

/**
 * A page of the outlets around a place of active merchants that are under contract today with one of the programmes,
 * the nearest first, then by id; the cursor is nearbyCursor, good for the same place. It walks outlet_place through the
 * box that holds the circle and sorts what is within: one statement, and none for no programmes.
 */
export async function nearbyOutlets(
  db: EntityManager,
  wanted: NearbyWanted,
  page: PageRequest,
): Promise<Page<NearbyOutlet>> {
  if (wanted.programmeIds.length === 0) return pageOf([], page);
  const { sql, values } = nearbyStatement(wanted, page);
  return pageOf(await db.query(sql, values), page);
}

/** The statement of nearbyOutlets, apart for the sake of the test that looks at its plan. */
export function nearbyStatement(wanted: NearbyWanted, page: PageRequest): { sql: string; values: Value[] } {
  const { programmeIds, near, category, now } = wanted;
  const box = boxAround(near);
  // One look into the contracts for each programme: a member has few.
  const covered = contractCovers('?', 'o.merchant_id', now);
  const after = readDistanceCursor(page.after);
  return {
    sql: `SELECT STRAIGHT_JOIN o.id AS outletId, 
        ROUND(ST_Distance_Sphere(POINT(o.longitude, o.latitude), POINT(?, ?))) AS metres
      FROM outlet o FORCE INDEX (outlet_place) JOIN merchant m ON m.id = o.merchant_id
      WHERE o.latitude BETWEEN ? AND ? AND o.longitude BETWEEN ? AND ? AND m.state = 'active'
        ${category ? 'AND m.category IN (?)' : ''}
        AND (${programmeIds.map(() => covered.sql).join(' OR ')})
      HAVING metres <= ? AND (metres > ? OR (metres = ? AND outletId > ?))
      ORDER BY metres, outletId LIMIT ?`,
    values: [
      ...[near.longitude, near.latitude],
      ...[box.south, box.north, box.west, box.east],
      ...(category ? [withinCategory(category)] : []),
      ...programmeIds.flatMap((programmeId) => [programmeId, ...covered.values]),
      ...[near.metres, after.metres, after.metres, after.id, page.first + 1],
    ],
  };
}

type Value = SqlValue | readonly string[];
