import DataLoader from 'dataloader';
import type { Deps } from '../platform/deps.ts';
import type { Points } from '../platform/points.ts';
import { type Expiring, expiringNext, spendable } from './accounts.ts';

/** What can be spent now, by account id. */
export function spendableLoader({ db, clock }: Deps): DataLoader<string, Points> {
  return new DataLoader(async (accountIds) => {
    const found = await spendable(db.manager, accountIds, clock.now());
    return accountIds.map((id) => found.get(id) ?? (0 as Points));
  });
}

/** What expires next, by account id; null where nothing will. */
export function expiringLoader({ db, clock }: Deps): DataLoader<string, Expiring | null> {
  return new DataLoader(async (accountIds) => {
    const found = new Map((await expiringNext(db.manager, accountIds, clock.now())).map((row) => [row.accountId, row]));
    return accountIds.map((id) => found.get(id) ?? null);
  });
}
