import { accountsOf, spendable } from '../ledger/accounts.ts';
import type { Deps } from '../platform/deps.ts';
import type { Shelf } from './offer-queries.ts';

/** Narrows shelves to what a member can pay for now, with the points of each programme by itself. */
export async function affordableShelves(
  { db, clock }: Deps,
  memberId: string,
  shelves: readonly Shelf[],
): Promise<Shelf[]> {
  const accounts = (await accountsOf(db.manager, [memberId])).filter((account) => account.kind === 'member');
  const points = await spendable(
    db.manager,
    accounts.map((account) => account.id),
    clock.now(),
  );
  const byProgramme = new Map(accounts.map((account) => [account.programmeId, points.get(account.id) ?? 0]));
  return shelves.map(({ programmeId }) => ({ programmeId, highestPrice: byProgramme.get(programmeId) ?? 0 }));
}
