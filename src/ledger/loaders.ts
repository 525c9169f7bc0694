import DataLoader from 'dataloader';
import type { Deps } from '../platform/deps.ts';
import type { Points } from '../platform/points.ts';
import { debts, type Expiring, expiringNext, spendable } from './accounts.ts';

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

/** What a member owes in a programme, by "programmeId memberId". */
export function debtLoader({ db }: Deps): DataLoader<string, Points> {
  return new DataLoader(async (keys) => {
    const found = await debts(db.manager, [...new Set(keys.map((key) => key.split(' ')[1]!))]);
    return keys.map((key) => found.get(key) ?? (0 as Points));
  });
}
