import { type EntityManager, In } from 'typeorm';
import { readPage } from '../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { Offer, type OfferState } from './offer.entity.ts';
import { Outlet } from './outlet.entity.ts';
import { type Condition, filterConditions, type OfferFilters, onSaleConditions } from './search/filters.ts';

/** A programme whose offers are wanted, and the highest price to show where only what can be paid is wanted. */
export interface Shelf {
  programmeId: string;
  highestPrice?: number;
}

export interface OffersWanted extends OfferFilters {
  shelves: readonly Shelf[];
  /** price is the cheapest first, price_down the dearest. */
  order: 'newest' | 'price' | 'price_down';
  now: Date;
}

const ORDERS: Record<OffersWanted['order'], string> = {
  newest: 'id DESC',
  price: 'price, id',
  price_down: 'price DESC, id DESC',
};

/**
 * A page of the offers of active merchants under contract that are on sale and not over, those whose sale is still to
 * begin among them. Newest first, or by price, where of one price the older comes first going up and last going down;
 * the cursor is the id. Two statements, three for a further page by price.
 */
export async function offersOnSale(db: EntityManager, wanted: OffersWanted, page: PageRequest): Promise<Page<Offer>> {
  if (wanted.shelves.length === 0) return pageOf([], page);
  const cursor = await readCursor(db, wanted.order, page.after);
  const order = ORDERS[wanted.order];
  // One branch for each programme, so that each walks its index in order and stops after a page.
  const branches = wanted.shelves.map((shelf) => onShelf(shelf, wanted, cursor, page.first + 1));
  const rows: { id: string }[] = await db.query(
    `${branches.map((branch) => `(${branch.sql})`).join(' UNION ALL ')} ORDER BY ${order} LIMIT ?`,
    [...branches.flatMap((branch) => branch.values), page.first + 1],
  );
  const places = new Map(rows.map(({ id }, place) => [id, place]));
  const offers = await findOffers(db, [...places.keys()]);
  return pageOf(
    offers.sort((a, b) => places.get(a.id)! - places.get(b.id)!),
    page,
  );
}

type Cursor = { id: string; price: number } | undefined;

// The price of an offer never changes once it was on sale, so the id alone tells where in the list it stood.
async function readCursor(db: EntityManager, order: OffersWanted['order'], after?: string): Promise<Cursor> {
  if (after === undefined) return undefined;
  if (order === 'newest') return { id: after, price: 0 };
  const offer = await db.findOne(Offer, { select: { id: true, price: true }, where: { id: after } });
  return { id: after, price: offer?.price ?? (order === 'price' ? Number.MAX_SAFE_INTEGER : -1) };
}

function afterCursor(order: OffersWanted['order'], { id, price }: NonNullable<Cursor>): Condition {
  if (order === 'newest') return ['o.id < ?', id];
  if (order === 'price') return ['o.price >= ? AND (o.price > ? OR o.id > ?)', price, price, id];
  return ['o.price <= ? AND (o.price < ? OR o.id < ?)', price, price, id];
}

function onShelf({ programmeId, highestPrice }: Shelf, wanted: OffersWanted, cursor: Cursor, limit: number) {
  const conditions = [...onSaleConditions(programmeId, wanted.now), ...filterConditions(wanted)];
  if (highestPrice !== undefined) conditions.push(['o.price <= ?', highestPrice]);
  if (cursor) conditions.push(afterCursor(wanted.order, cursor));
  // The index is named: where few offers pass the filters, the planner would rather read all of them and sort.
  const index = wanted.order === 'newest' ? 'offer_of_programme' : 'offer_by_price';
  return {
    sql: `SELECT STRAIGHT_JOIN o.id, o.price FROM offer o FORCE INDEX (${index})
          JOIN merchant m ON m.id = o.merchant_id
          WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY ${ORDERS[wanted.order]} LIMIT ?`,
    values: [...conditions.flatMap(([, ...values]) => values), limit],
  };
}

/** A page of a programme's offers in one state, or in whatever state, newest first; the cursor is the id. */
export async function offersOfProgramme(
  db: EntityManager,
  programmeId: string,
  page: PageRequest,
  state?: OfferState,
): Promise<Page<Offer>> {
  const query = db.createQueryBuilder(Offer, 'o').where('o.programmeId = :programmeId', { programmeId });
  if (state !== undefined) query.andWhere('o.state = :state', { state });
  return readPage(query, 'o.id', page, 'DESC');
}

/** The offers of these ids, in no order; ids of no offer are passed over. */
export async function findOffers(db: EntityManager, ids: readonly string[]): Promise<Offer[]> {
  return db.find(Offer, { where: { id: In([...ids]) } });
}

/** How many are left of each offer, with what is released by now. */
export async function stockOf(db: EntityManager, offerIds: readonly string[], now: Date): Promise<Map<string, number>> {
  const rows: { offer_id: string; remaining: number | string }[] = await db.query(
    `SELECT s.offer_id, s.remaining + IFNULL((
              SELECT SUM(r.count) FROM offer_release r
              WHERE r.offer_id = s.offer_id AND r.release_at >= s.next_release_at AND r.release_at <= ?), 0) AS remaining
     FROM offer_stock s WHERE s.offer_id IN (?)`,
    [now, offerIds],
  );
  return new Map(rows.map((row) => [row.offer_id, Number(row.remaining)]));
}

/** The outlets at which each offer can be used, in order of name. */
export async function outletsOfOffers(db: EntityManager, offerIds: readonly string[]): Promise<Map<string, Outlet[]>> {
  const pairs: { offer_id: string; outlet_id: string }[] = await db.query(
    'SELECT offer_id, outlet_id FROM offer_outlet WHERE offer_id IN (?)',
    [offerIds],
  );
  const offersOf = new Map<string, string[]>();
  for (const pair of pairs) offersOf.set(pair.outlet_id, [...(offersOf.get(pair.outlet_id) ?? []), pair.offer_id]);
  const outlets = await db.find(Outlet, { where: { id: In([...offersOf.keys()]) }, order: { name: 'ASC', id: 'ASC' } });
  const found = new Map<string, Outlet[]>();
  for (const outlet of outlets) {
    for (const offerId of offersOf.get(outlet.id) ?? []) {
      const list = found.get(offerId);
      if (list) list.push(outlet);
      else found.set(offerId, [outlet]);
    }
  }
  return found;
}
