import type DataLoader from 'dataloader';
import { byKey, type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import type { InnovationContract } from './innovation-contract.entity.ts';
import type { InnovationPayment } from './innovation-payment.entity.ts';
import { findContracts, paymentsOfContracts } from './queries.ts';

/** A contract on innovation by its id; null for an id of none. */
export function innovationContractLoader({ db }: Deps): DataLoader<string, InnovationContract | null> {
  return byKey<InnovationContract, null>(db.manager, findContracts, null);
}

/** Pages of the payments of a contract by its id: a loader for each page asked. */
export function innovationPaymentsLoaders({ db }: Deps): PageLoaders<InnovationPayment> {
  return pageLoaders(db.manager, paymentsOfContracts);
}
