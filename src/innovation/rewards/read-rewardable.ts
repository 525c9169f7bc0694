import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { LARGEST_AWARD } from '../../rules/definition.ts';
import { findProgrammes } from '../../unions/queries.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import { authorsOf } from '../achievements/queries.ts';
import type { InnovationContract } from '../contracts/innovation-contract.entity.ts';
import { contractsCovering } from '../contracts/queries.ts';
import { type ReckonedReward, reckonReward } from './reckon-reward.ts';
import {
  achievementNotHere,
  benefitNotAccepted,
  contractMissing,
  nothingToReward,
  pointsTooMany,
  rewardMade,
} from './refusals.ts';

/** An achievement whose accepted benefit is about to be rewarded. */
export interface NewReward extends ReckonedReward {
  achievementId: string;
  seasonId: string;
  unionId: string;
  title: string;
  benefitFen: number;
  acceptedOn: string;
  contract: InnovationContract;
  pointPriceFen: number | null;
}

interface Row {
  id: string;
  seasonId: string;
  unionId: string;
  path: string;
  title: string;
  benefitFen: string | null;
  acceptedOn: string | null;
  rewardId: string | null;
}

/**
 * Reckons the rewards of achievements in the branch of a union, in the order asked, each by the contract that covered it
 * when its benefit was accepted. Five statements. Refusals at "achievementIds.<i>": ACHIEVEMENT_UNKNOWN,
 * BENEFIT_NOT_ACCEPTED, REWARD_MADE, CONTRACT_MISSING, NOTHING_TO_REWARD, POINTS_TOO_MANY.
 */
export async function readRewardable(
  tx: Tx,
  union: UnionNode,
  achievementIds: readonly string[],
): Promise<Result<NewReward[]>> {
  const rows = await readRows(tx, union, achievementIds);
  if (!rows.ok) return rows;
  const asked = rows.value.map(({ path, acceptedOn }) => ({ path, day: acceptedOn! }));
  const contracts = await contractsCovering(tx, asked);
  const authors = await authorsOf(tx, achievementIds);
  const programmeIds = [...new Set(contracts.flatMap((contract) => contract?.programmeId ?? []))];
  const prices = new Map((await findProgrammes(tx, programmeIds)).map(({ id, pointPriceFen }) => [id, pointPriceFen]));
  const rewards: NewReward[] = [];
  for (const [i, { id, seasonId, unionId, title, ...accepted }] of rows.value.entries()) {
    const [contract, benefitFen, acceptedOn] = [contracts[i], Number(accepted.benefitFen), accepted.acceptedOn!];
    if (!contract) return refuse(contractMissing(i, acceptedOn));
    const pointPriceFen = contract.programmeId === null ? null : prices.get(contract.programmeId)!;
    const reckoned = reckonReward(contract, benefitFen, authors.get(id) ?? [], pointPriceFen);
    if (!reckoned) return refuse(nothingToReward(i));
    if (reckoned.lines.some(({ points }) => points > LARGEST_AWARD)) return refuse(pointsTooMany(i));
    const of = { achievementId: id, seasonId, unionId, title };
    rewards.push({ ...of, benefitFen, acceptedOn, contract, pointPriceFen, ...reckoned });
  }
  return accept(rewards);
}

async function readRows(tx: Tx, union: UnionNode, ids: readonly string[]): Promise<Result<Row[]>> {
  const found = await tx.query<Row[]>(
    `SELECT a.id, a.season_id AS seasonId, a.union_id AS unionId, u.path, a.title, b.accepted_fen AS benefitFen,
            b.accepted_on AS acceptedOn, r.id AS rewardId
     FROM achievement a JOIN union_node u ON u.id = a.union_id
     LEFT JOIN benefit b ON b.achievement_id = a.id
     LEFT JOIN reward r ON r.achievement_id = a.id AND r.is_living = 1
     WHERE a.id IN (?) AND a.number IS NOT NULL`,
    [ids],
  );
  const byId = new Map(found.map((row) => [row.id, row]));
  const rows: Row[] = [];
  for (const [i, id] of ids.entries()) {
    const row = byId.get(id);
    if (!row?.path.startsWith(union.path)) return refuse(achievementNotHere(i));
    if (row.acceptedOn === null) return refuse(benefitNotAccepted(i));
    if (row.rewardId !== null) return refuse(rewardMade(i));
    rows.push(row);
  }
  return accept(rows);
}
