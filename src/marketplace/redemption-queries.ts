import { type EntityManager, In } from 'typeorm';
import { readPage } from '../platform/db/read-page.ts';
import type { Page, PageRequest } from '../platform/graphql/connection.ts';
import { Redemption } from './redemption.entity.ts';
import { Voucher } from './voucher.entity.ts';

/** The redemptions of these ids, in no order; ids of no redemption are passed over. */
export async function findRedemptions(db: EntityManager, ids: readonly string[]): Promise<Redemption[]> {
  return db.find(Redemption, { where: { id: In([...ids]) } });
}

/** The vouchers of these ids, in no order; ids of no voucher are passed over. */
export async function findVouchers(db: EntityManager, ids: readonly string[]): Promise<Voucher[]> {
  return db.find(Voucher, { where: { id: In([...ids]) } });
}

/** A page of what a member has bought, newest first; the cursor is the id. */
export async function redemptionsOfMember(
  db: EntityManager,
  memberId: string,
  page: PageRequest,
): Promise<Page<Redemption>> {
  const query = db.createQueryBuilder(Redemption, 'r').where({ memberId });
  return readPage(query, 'r.id', page, 'DESC');
}

/** A page of the purchases of an offer, newest first; the cursor is the id. */
export async function redemptionsOfOffer(
  db: EntityManager,
  offerId: string,
  page: PageRequest,
): Promise<Page<Redemption>> {
  const query = db.createQueryBuilder(Redemption, 'r').where({ offerId });
  return readPage(query, 'r.id', page, 'DESC');
}
