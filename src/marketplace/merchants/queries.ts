import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { type ApplicationState, MerchantApplication } from './application.entity.ts';

/** A page of the applications for a programme that stand so, the oldest first; the cursor is the merchant’s id. */
export async function applicationsOfProgramme(
  db: EntityManager,
  { programmeId, state }: { programmeId: string; state: ApplicationState },
  page: PageRequest,
): Promise<Page<MerchantApplication>> {
  const query = db.createQueryBuilder(MerchantApplication, 'a').where('a.programmeId = :programmeId', { programmeId });
  query.andWhere('a.state = :state', { state });
  return readPage(query, 'a.merchantId', page);
}

/** The applications of these merchants, by the merchant’s id; absent for one that was signed without. */
export async function findApplications(
  db: EntityManager,
  merchantIds: readonly string[],
): Promise<Map<string, MerchantApplication>> {
  const rows = await db.findBy(MerchantApplication, { merchantId: In([...merchantIds]) });
  return new Map(rows.map((row) => [row.merchantId, row]));
}
