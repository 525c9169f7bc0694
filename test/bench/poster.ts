/** The parent's end of the process that posts accruals in bulk, and the ledger that it posts in; see accrue-child.ts. */
import type { Deps } from '../../src/platform/deps.ts';
import { databaseUrl } from '../support/database.ts';
import type { Order, Posted } from './accrue-child.ts';
import { Child } from './child.ts';
import { openAccounts, seedMembers, seedUnions } from './market.ts';
import type { Ledger } from './naive/insert-only.ts';

/** Transfers in one transaction. Measured: twice as many are hardly faster and cost memory. */
export const BATCH = 1_000;

export class Poster {
  peakRssMb = 0;

  private constructor(private readonly child: Child<Order, unknown>) {}

  static async start(database: string, { programmeId, memberIds }: Ledger): Promise<Poster> {
    const child = new Child<Order, unknown>('accrue-child.ts');
    await child.ask({ url: databaseUrl(database), programmeId, memberIds, batch: BATCH });
    return new Poster(child);
  }

  /** Posts so many accruals and returns the rate per second. */
  async post(count: number): Promise<number> {
    const { elapsedMs, peakRssMb } = (await this.child.ask(count)) as Posted;
    this.peakRssMb = peakRssMb;
    return (count * 1000) / elapsedMs;
  }

  close(): void {
    this.child.close();
  }
}

/** A programme with an ample budget, and members with empty accounts. */
export async function seedLedger(deps: Deps, members: number): Promise<Ledger> {
  const { programmeId, unionIds } = await seedUnions(deps);
  const memberIds = await seedMembers(deps, unionIds, members);
  const accountIds = await openAccounts(deps, programmeId, 'member', memberIds);
  const [issuance] = await deps.db.query("SELECT id FROM account WHERE kind = 'issuance'");
  return { programmeId, issuanceAccountId: issuance.id, memberIds, accountIds, balances: memberIds.map(() => 0) };
}
