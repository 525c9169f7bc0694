import type { EntityManager } from 'typeorm';
import { ofBranches } from './scope.ts';

/** What the achievements of a season have brought, in fen; claims that were declined do not count. */
export interface BenefitSums {
  benefits: number;
  claimedFen: number;
  auditedFen: number;
  acceptedFen: number;
}

/** What was given for it, as far as it is released. */
export interface RewardSums {
  rewards: number;
  rewardFen: number;
  moneyFen: number;
  points: number;
}

/** Sums up the benefits of a season in branches; one statement. */
export async function sumBenefits(
  db: EntityManager,
  seasonId: string,
  branches: readonly string[] | null,
): Promise<BenefitSums> {
  const { sql, params } = ofBranches('union_id', branches);
  const [row] = await db.query<Record<keyof BenefitSums, string | null>[]>(
    `SELECT COUNT(*) AS benefits, SUM(claimed_fen) AS claimedFen, SUM(audited_fen) AS auditedFen,
            SUM(accepted_fen) AS acceptedFen
     FROM benefit WHERE season_id = ? AND state <> 'declined' ${sql}`,
    [seasonId, ...params],
  );
  return inNumbers(row!);
}

/** Sums up the released rewards of a season in branches; one statement. */
export async function sumRewards(
  db: EntityManager,
  seasonId: string,
  branches: readonly string[] | null,
): Promise<RewardSums> {
  const { sql, params } = ofBranches('union_id', branches);
  const [row] = await db.query<Record<keyof RewardSums, string | null>[]>(
    `SELECT COUNT(*) AS rewards, SUM(reward_fen) AS rewardFen, SUM(money_fen) AS moneyFen, SUM(points) AS points
     FROM reward WHERE season_id = ? AND state = 'released' ${sql}`,
    [seasonId, ...params],
  );
  return inNumbers(row!);
}

/** Sums as the driver gives them, of which those of no rows are null. */
function inNumbers<K extends string>(row: Record<K, string | null>): Record<K, number> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)])) as Record<
    K,
    number
  >;
}
