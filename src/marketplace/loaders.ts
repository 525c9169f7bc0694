import type DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { gatheringLoader } from '../identity/live-callers.ts';
import type { Operator } from '../identity/operator.entity.ts';
import { byKey, type Find } from '../platform/db/loaders.ts';
import type { Deps } from '../platform/deps.ts';
import { type MemberFacts, memberFacts } from '../unions/member-facts.ts';
import { poolCodesOf } from './code-pools/queries.ts';
import type { Merchant } from './merchant.entity.ts';
import { findMerchants, findOperators, findOutlets } from './merchant-queries.ts';
import type { Offer } from './offer.entity.ts';
import { findOffers, outletsOfOffers, stockOf } from './offer-queries.ts';
import type { Outlet } from './outlet.entity.ts';
import type { Redemption } from './redemption.entity.ts';
import { findRedemptions, findVouchers } from './redemption-queries.ts';
import { type Release, releasesToCome } from './releases/queries.ts';
import { type CounterLine, findCounterLines } from './verification-queries.ts';
import type { Voucher } from './voucher.entity.ts';

/** Merchants by id, for `loader(context, merchantLoader)`; null for an id of no merchant. */
export function merchantLoader({ db }: Deps): DataLoader<string, Merchant | null> {
  return byKey(db.manager, async (...asked) => byId(await findMerchants(...asked)), null);
}

/** Outlets by id; null for an id of no outlet. */
export function outletLoader({ db }: Deps): DataLoader<string, Outlet | null> {
  return byKey(db.manager, async (...asked) => byId(await findOutlets(...asked)), null);
}

/** The operators behind staff, by id; null for an id of no operator. */
export function operatorLoader({ db }: Deps): DataLoader<string, Operator | null> {
  return byKey(db.manager, async (...asked) => byId(await findOperators(...asked)), null);
}

/** The outlets at which an offer can be used, by the offer's id. */
export function outletsOfOfferLoader({ db }: Deps): DataLoader<string, Outlet[]> {
  return byKey(db.manager, outletsOfOffers, []);
}

/** How many are left of an offer, by its id. */
export function stockLoader({ db, clock }: Deps): DataLoader<string, number> {
  return byKey(db.manager, (manager, ids) => stockOf(manager, ids, clock.now()), 0);
}

/** The releases of an offer that are still to come, by its id. */
export function releasesLoader({ db, clock }: Deps): DataLoader<string, Release[]> {
  return byKey(db.manager, (manager, ids) => releasesToCome(manager, ids, clock.now()), []);
}

/** What is known of a member that an offer may ask about, by the member's id; null for an id of no member. */
export function memberFactsLoader({ db }: Deps): DataLoader<string, MemberFacts | null> {
  return byKey(db.manager, memberFacts, null);
}

/** The merchant's own code of a voucher, enciphered, by the redemption's id; null for one without. */
export function poolCodeLoader({ db }: Deps): DataLoader<string, Buffer | null> {
  return byKey(db.manager, poolCodesOf, null);
}

// What a member or a counter sees right after buying or using a voucher. Thousands do so at once, each in a request of
// its own: these are read for all requests of the process in one statement, and nothing is remembered.

/** The offer of this id. Throws when there is none. */
export const readOffer = ofProcess<Offer>(async (...asked) => byId(await findOffers(...asked)));

/** The redemption of this id. Throws when there is none. */
export const readRedemption = ofProcess<Redemption>(async (...asked) => byId(await findRedemptions(...asked)));

/** The voucher of this id. Throws when there is none. */
export const readVoucher = ofProcess<Voucher>(async (...asked) => byId(await findVouchers(...asked)));

/** The verification of this id, as the counter sees it. Throws when there is none. */
export const readCounterLine = ofProcess<CounterLine>(findCounterLines);

/** Reads a row by its id for all requests of the process that ask at once. What it makes throws when there is none. */
export function ofProcess<T>(find: Find<T>): (deps: Deps, id: string) => Promise<T> {
  const loaders = new WeakMap<DataSource, DataLoader<string, T | undefined>>();
  return async ({ db }, id) => {
    let loader = loaders.get(db);
    if (!loader) {
      loader = gatheringLoader(async (ids) => {
        const found = await find(db.manager, [...new Set(ids)]);
        return ids.map((one) => found.get(one));
      });
      loaders.set(db, loader);
    }
    const row = await loader.load(id);
    if (row === undefined) throw new Error(`there is no row ${id}, though another refers to it`);
    return row;
  };
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
