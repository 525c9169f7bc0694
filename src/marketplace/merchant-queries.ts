import { type EntityManager, In } from 'typeorm';
import { Operator } from '../identity/operator.entity.ts';
import { readPage } from '../platform/db/read-page.ts';
import type { Page, PageRequest } from '../platform/graphql/connection.ts';
import { Merchant, type MerchantState } from './merchant.entity.ts';
import { MerchantStaff } from './merchant-staff.entity.ts';
import { Outlet } from './outlet.entity.ts';
import { ProgrammeMerchant } from './programme-merchant.entity.ts';

/** The merchants of these ids, in no order; ids of no merchant are passed over. */
export async function findMerchants(db: EntityManager, ids: readonly string[]): Promise<Merchant[]> {
  return db.find(Merchant, { where: { id: In([...ids]) } });
}

/** The outlets of these ids, in no order; ids of no outlet are passed over. */
export async function findOutlets(db: EntityManager, ids: readonly string[]): Promise<Outlet[]> {
  return db.find(Outlet, { where: { id: In([...ids]) } });
}

/** The operators of these ids, in no order; ids of no operator are passed over. */
export async function findOperators(db: EntityManager, ids: readonly string[]): Promise<Operator[]> {
  return db.find(Operator, { where: { id: In([...ids]) } });
}

/** A page of the merchants that serve a programme, of one state where it is given, newest first; the cursor is the id. */
export async function merchantsOfProgramme(
  db: EntityManager,
  programmeId: string,
  page: PageRequest,
  state?: MerchantState,
): Promise<Page<Merchant>> {
  const query = db
    .createQueryBuilder(Merchant, 'm')
    .innerJoin(ProgrammeMerchant, 'served', 'served.merchantId = m.id')
    .where('served.programmeId = :programmeId', { programmeId });
  if (state !== undefined) query.andWhere('m.state = :state', { state });
  // By the column of the joining table: its primary key is the order of this list.
  return readPage(query, 'served.merchantId', page, 'DESC');
}

/** A page of a merchant's outlets, or of the one that is named, oldest first; the cursor is the id. */
export async function outletsOfMerchant(
  db: EntityManager,
  { merchantId, outletId = null }: { merchantId: string; outletId?: string | null },
  page: PageRequest,
): Promise<Page<Outlet>> {
  const query = db.createQueryBuilder(Outlet, 'o').where('o.merchantId = :merchantId', { merchantId });
  if (outletId !== null) query.andWhere('o.id = :outletId', { outletId });
  return readPage(query, 'o.id', page);
}

/** A page of a merchant's staff, oldest first; the cursor is the operator's id. */
export async function staffOfMerchant(
  db: EntityManager,
  merchantId: string,
  page: PageRequest,
): Promise<Page<MerchantStaff>> {
  const query = db.createQueryBuilder(MerchantStaff, 's').where('s.merchantId = :merchantId', { merchantId });
  return readPage(query, 's.operatorId', page);
}
