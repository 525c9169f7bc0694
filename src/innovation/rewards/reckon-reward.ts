import type { Author } from '../achievements/author.entity.ts';
import type { InnovationContract } from '../contracts/innovation-contract.entity.ts';
import { inMoneyAndPoints, rewardFor } from '../contracts/reward-rule.ts';
import { splitReward } from './split-reward.ts';

/** What somebody has of a reward: of an author what is hers. */
export interface ReckonedLine {
  memberId: string;
  share: number;
  fen: number;
  points: number;
}

/** A reward that may be written: money and points at their price are `rewardFen`, and the lines are all of both. */
export interface ReckonedReward {
  rewardFen: number;
  moneyFen: number;
  points: number;
  lines: ReckonedLine[];
}

/**
 * What a contract gives for an accepted benefit, and to whom of the authors how much. `pointPriceFen` is that of the
 * contract's programme; null where it pays no points. Undefined where the benefit is too small for a reward.
 */
export function reckonReward(
  { reward, pointsPart }: Pick<InnovationContract, 'reward' | 'pointsPart'>,
  benefitFen: number,
  authors: readonly Pick<Author, 'memberId' | 'share'>[],
  pointPriceFen: number | null,
): ReckonedReward | undefined {
  const rewardFen = rewardFor(reward, benefitFen);
  if (rewardFen === 0) return undefined;
  const { moneyFen, points } = inMoneyAndPoints(rewardFen, pointPriceFen === null ? 0 : pointsPart, pointPriceFen ?? 1);
  const [money, split] = [splitReward(moneyFen, authors), splitReward(points, authors)];
  const lines = authors.map(({ memberId, share }, i) => ({ memberId, share, fen: money[i]!, points: split[i]! }));
  return { rewardFen, moneyFen, points, lines };
}
