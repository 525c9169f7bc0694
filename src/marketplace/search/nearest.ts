import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import type { Offer } from '../offer.entity.ts';
import { findOffers, type OffersWanted } from '../offer-queries.ts';
import { type Condition, filterConditions, onSaleConditions } from './filters.ts';
import { type Box, distanceCursor, readDistanceCursor } from './near.ts';

export interface NearestWanted extends Omit<OffersWanted, 'order'> {
  near: Box;
}

/** An offer, and how far the nearest outlet is at which it can be used, in whole metres. */
export interface NearbyOffer {
  offer: Offer;
  metres: number;
}

/** The cursor of offers by distance; good for the same place. */
export function nearestCursor({ offer, metres }: NearbyOffer): string {
  return distanceCursor({ id: offer.id, metres });
}

/**
 * A page of the offers that offersOnSale would find near the place, those first whose nearest outlet at which they can
 * be used is nearest, then by id; the cursor is nearestCursor. Two statements. The first walks outlet_place through the
 * box that holds the circle and takes the offers of what is within from an index; only those that may stand on the page
 * are looked at.
 */
export async function offersNearest(
  db: EntityManager,
  wanted: NearestWanted,
  page: PageRequest,
): Promise<Page<NearbyOffer>> {
  if (wanted.shelves.length === 0) return pageOf([], page);
  const { sql, values } = nearestStatement(wanted, page);
  const rows: { id: string; metres: number }[] = await db.query(sql, values);
  const ids = rows.map(({ id }) => id);
  const offers = new Map((await findOffers(db, ids)).map((offer) => [offer.id, offer]));
  const found = rows.map(({ id, metres }) => ({ offer: offers.get(id)!, metres: Number(metres) }));
  return pageOf(found, page);
}

/** The first statement of offersNearest, apart for the sake of the test that looks at its plan. */
export function nearestStatement(wanted: NearestWanted, page: PageRequest) {
  const { shelves, now, near: box, ...filters } = wanted;
  const after = readDistanceCursor(page.after);
  const onShelves = shelves.map(({ programmeId, highestPrice }) => {
    const affordable: Condition[] = highestPrice === undefined ? [] : [['o.price <= ?', highestPrice]];
    return every([...onSaleConditions(programmeId, now), ...affordable]);
  });
  const fitting = filterConditions(filters);
  const conditions = [...fitting.map(([sql]) => sql), `(${onShelves.map(({ sql }) => sql).join(' OR ')})`];
  // Sorted before the offers are read, and these are read in that order, so that the page ends the reading.
  return {
    sql: `SELECT STRAIGHT_JOIN candidate.offer_id AS id, candidate.metres
      FROM (
        SELECT STRAIGHT_JOIN used.offer_id, MIN(place.metres) AS metres
        FROM (
          SELECT id, ROUND(ST_Distance_Sphere(POINT(longitude, latitude), POINT(?, ?))) AS metres
          FROM outlet FORCE INDEX (outlet_place)
          WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ? HAVING metres <= ?
        ) place JOIN offer_outlet used FORCE INDEX (offer_outlet_outlet) ON used.outlet_id = place.id
        GROUP BY used.offer_id HAVING metres > ? OR (metres = ? AND offer_id > ?)
      ) candidate
      JOIN offer o FORCE INDEX (PRIMARY) ON o.id = candidate.offer_id
      JOIN merchant m FORCE INDEX (PRIMARY) ON m.id = o.merchant_id
      WHERE ${conditions.join(' AND ')} ORDER BY candidate.metres, candidate.offer_id LIMIT ?`,
    values: [
      ...[box.longitude, box.latitude, box.south, box.north, box.west, box.east, box.metres],
      ...[after.metres, after.metres, after.id],
      ...fitting.flatMap(([, ...values]) => values),
      ...onShelves.flatMap(({ values }) => values),
      page.first + 1,
    ],
  };
}

function every(conditions: readonly Condition[]) {
  return {
    sql: `(${conditions.map(([sql]) => sql).join(' AND ')})`,
    values: conditions.flatMap(([, ...values]) => values),
  };
}
