import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import type { MerchantApplication } from './application.entity.ts';
import { findApplications } from './queries.ts';

/** The application of a merchant, by the merchant’s id; null for one that was signed without. */
export function applicationLoader({ db }: Deps): DataLoader<string, MerchantApplication | null> {
  return new DataLoader(async (merchantIds) => {
    const found = await findApplications(db.manager, merchantIds);
    return merchantIds.map((id) => found.get(id) ?? null);
  });
}
