import type { EntityManager } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { ContractRow } from './contract.entity.ts';
import type { Served } from './contracts.ts';

/** A page of the contracts of a merchant in one programme or, without it, in all; newest first, the cursor is the id. */
export async function contractsOfMerchant(
  db: EntityManager,
  { merchantId, programmeId }: { merchantId: string; programmeId?: Served['programmeId'] },
  page: PageRequest,
): Promise<Page<ContractRow>> {
  // Told the index: by itself the server may walk back through the contracts of all merchants.
  const query = db
    .createQueryBuilder(ContractRow, 'c')
    .useIndex('contract_of_merchant')
    .where('c.merchantId = :merchantId', { merchantId });
  if (programmeId !== undefined) query.andWhere('c.programmeId = :programmeId', { programmeId });
  return readPage(query, 'c.id', page, 'DESC');
}
