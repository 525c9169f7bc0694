import { importCodes } from '../../src/marketplace/code-pools/import-codes.ts';
import { insertRows } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted } from '../support/market.ts';
import type { Model } from './model.ts';
import type { Offer } from './things.ts';
import { PROGRAMMES, type World } from './world.ts';

const AMPLE = 100_000_000;
const FIRST_CODES = 50;

type Shape = Pick<Offer, 'price' | 'limit' | 'lapse' | 'useDays' | 'useUntil' | 'isPool'> & {
  stock: number;
  isForSome?: boolean;
};

const usual = { limit: null, lapse: 'refund', useDays: 30, useUntil: null, isPool: false, stock: AMPLE } as const;

/** What each programme sells: with and without limits, gifts, for some only, from a pool of codes, ample and scarce. */
const SHAPES: Shape[] = [
  { ...usual, price: 30 },
  { ...usual, price: 10, limit: { count: 2, period: 'day' }, lapse: 'forfeit', useDays: 7 },
  { ...usual, price: 50, limit: { count: 3, period: 'month' }, useDays: 20 },
  { ...usual, price: 0, limit: { count: 1, period: 'month' }, stock: 200, useDays: 3 },
  { ...usual, price: 20, limit: { count: 4, period: 'ever' }, stock: 0 },
  { ...usual, price: 40, isForSome: true },
  { ...usual, price: 25, lapse: 'forfeit', useDays: 10, isPool: true, stock: 0 },
  { ...usual, price: 60, stock: 40, useDays: null, useUntil: '2026-06-30' },
];
/** The number, within its programme, of the offer that gets its stock by releases, and of the pool of codes. */
export const RELEASED = 4;
export const POOL = 6;
export const SCARCE = [3, 7];
export const OFFERS_EACH = SHAPES.length;
/** What lotteries give is not chosen by who buys. */
const PRIZE: Shape = { ...usual, price: 80, useDays: 25, stock: 10_000 };

/** Puts the offers of every programme on sale, and enters them in the model. Resolves with those of the lotteries. */
export async function putOffersOnSale(world: World, model: Model): Promise<string[]> {
  for (let programme = 0; programme < PROGRAMMES; programme++) {
    for (const [i, shape] of SHAPES.entries()) await anOffer(world, model, shape, programme, i);
  }
  const prizes: string[] = [];
  for (let programme = 0; programme < PROGRAMMES; programme++) {
    prizes.push((await anOffer(world, model, PRIZE, programme, programme)).id);
  }
  return prizes;
}

async function anOffer(world: World, model: Model, shape: Shape, programme: number, i: number): Promise<Offer> {
  const { deps, merchants, programmeIds, unions, admins } = world;
  const { stock, isForSome, ...terms } = shape;
  const merchant = i % merchants.length;
  const id = newId();
  const offer: Offer = {
    ...terms,
    id,
    programme,
    merchant,
    outlets: i % 2 === 0 ? [0, 1] : [0],
    group: id,
    saleFrom: new Date('2025-01-01T00:00:00Z'),
    saleTo: new Date('2026-06-01T00:00:00Z'),
    unions: isForSome ? unions.flatMap((union, k) => (union.programme === programme && k % 2 === 0 ? [k] : [])) : null,
    isOnSale: true,
    supplied: stock,
    releases: new Map(),
    taken: 0,
  };
  const row = {
    id,
    programme_id: programmeIds[programme]!,
    merchant_id: merchants[merchant]!.id,
    title: `商品${i}`,
    description: '',
    price: offer.price,
    sale_from: offer.saleFrom,
    sale_to: offer.saleTo,
    limit_count: offer.limit?.count ?? null,
    limit_period: offer.limit?.period ?? 'ever',
    use_until: offer.useUntil,
    use_days: offer.useDays,
    lapse_policy: offer.lapse,
    state: 'on_sale',
    code_source: offer.isPool ? 'pool' : 'made',
    eligible_union_ids: offer.unions && JSON.stringify(offer.unions.map((k) => unions[k]!.id)),
    created_at: deps.clock.now(),
  };
  const outlets = offer.outlets.map((k) => [id, merchants[merchant]!.outletIds[k]!]);
  await inTransaction(deps.db, async (tx) => {
    await insertRows(tx, 'offer', Object.keys(row), [Object.values(row)]);
    await insertRows(tx, 'offer_outlet', ['offer_id', 'outlet_id'], outlets);
    await insertRows(tx, 'offer_stock', ['offer_id', 'remaining'], [[id, stock]]);
  });
  if (offer.isPool) {
    const codes = Array.from({ length: FIRST_CODES }, (_, k) => `首批-${k}`);
    accepted(await importCodes(deps, admins[0]!, newId(), { offerId: id, codes }));
    offer.supplied += FIRST_CODES;
  }
  model.offers.push(offer);
  return offer;
}
