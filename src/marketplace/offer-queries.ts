import { type EntityManager, In } from 'typeorm';
import type { SqlValue } from '../platform/db/sql.ts';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import type { MerchantCategory } from './merchant.entity.ts';
import { Offer } from './offer.entity.ts';
import { Outlet } from './outlet.entity.ts';

/** A programme whose offers are wanted, and the highest price to show where only what can be paid is wanted. */
export interface Shelf {
  programmeId: string;
  highestPrice?: number;
}

export interface OffersWanted {
  shelves: readonly Shelf[];
  category?: MerchantCategory;
  order: 'newest' | 'price';
  now: Date;
}

/**
 * A page of the offers of active merchants that are on sale and not over, those whose sale is still to begin among
 * them. Newest first, or cheapest first and then the older; the cursor is the id. Two statements, three for a further
 * page by price.
 */
export async function offersOnSale(db: EntityManager, wanted: OffersWanted, page: PageRequest): Promise<Page<Offer>> {
  if (wanted.shelves.length === 0) return pageOf([], page);
  const cursor = await readCursor(db, wanted.order, page.after);
  const order = wanted.order === 'price' ? 'price, id' : 'id DESC';
  // One branch for each programme, so that each walks its index in order and stops after a page.
  const branches = wanted.shelves.map((shelf) => onShelf(shelf, wanted, cursor, order, page.first + 1));
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
  return { id: after, price: offer?.price ?? Number.MAX_SAFE_INTEGER };
}

function onShelf(shelf: Shelf, { category, order, now }: OffersWanted, cursor: Cursor, by: string, limit: number) {
  const where = ["o.programme_id = ? AND o.state = 'on_sale' AND o.sale_to > ? AND m.state = 'active'"];
  const values: SqlValue[] = [shelf.programmeId, now];
  const add = (condition: string, ...more: SqlValue[]) => {
    where.push(condition);
    values.push(...more);
  };
  if (category) add('m.category = ?', category);
  if (shelf.highestPrice !== undefined) add('o.price <= ?', shelf.highestPrice);
  if (cursor && order === 'newest') add('o.id < ?', cursor.id);
  if (cursor && order === 'price') {
    add('o.price >= ? AND (o.price > ? OR o.id > ?)', cursor.price, cursor.price, cursor.id);
  }
  return {
    sql: `SELECT STRAIGHT_JOIN o.id, o.price FROM offer o JOIN merchant m ON m.id = o.merchant_id
          WHERE ${where.join(' AND ')} ORDER BY ${by} LIMIT ?`,
    values: [...values, limit],
  };
}

/** A page of a programme's offers in whatever state, newest first; the cursor is the id. */
export async function offersOfProgramme(
  db: EntityManager,
  programmeId: string,
  page: PageRequest,
): Promise<Page<Offer>> {
  const query = db.createQueryBuilder(Offer, 'o').where('o.programmeId = :programmeId', { programmeId });
  if (page.after !== undefined) query.andWhere('o.id < :after', { after: page.after });
  return pageOf(
    await query
      .orderBy('o.id', 'DESC')
      .limit(page.first + 1)
      .getMany(),
    page,
  );
}

/** The offers of these ids, in no order; ids of no offer are passed over. */
export async function findOffers(db: EntityManager, ids: readonly string[]): Promise<Offer[]> {
  return db.find(Offer, { where: { id: In([...ids]) } });
}

/** How many are left of each offer. */
export async function stockOf(db: EntityManager, offerIds: readonly string[]): Promise<Map<string, number>> {
  const rows: { offer_id: string; remaining: number }[] = await db.query(
    'SELECT offer_id, remaining FROM offer_stock WHERE offer_id IN (?)',
    [offerIds],
  );
  return new Map(rows.map((row) => [row.offer_id, row.remaining]));
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
