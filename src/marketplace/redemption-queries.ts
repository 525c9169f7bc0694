import { type EntityManager, In } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
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
  return readPage(db, { memberId }, page);
}

/** A page of the purchases of an offer, newest first; the cursor is the id. */
export async function redemptionsOfOffer(
  db: EntityManager,
  offerId: string,
  page: PageRequest,
): Promise<Page<Redemption>> {
  return readPage(db, { offerId }, page);
}

async function readPage(
  db: EntityManager,
  of: { memberId: string } | { offerId: string },
  page: PageRequest,
): Promise<Page<Redemption>> {
  const query = db.createQueryBuilder(Redemption, 'r').where(of);
  if (page.after !== undefined) query.andWhere('r.id < :after', { after: page.after });
  const rows = await query
    .orderBy('r.id', 'DESC')
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}
