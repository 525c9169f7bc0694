/** A row of a table of rewards: from this benefit on, this reward. */
export interface RewardRow {
  fromFen: number;
  rewardFen: number;
}

/** How a contract rewards the net benefit of an achievement, once. All money in fen. */
export type RewardRule =
  /** A share of the benefit in hundredths of a per cent, up to `mostFen` where there is such a limit. */
  | { kind: 'share'; share: number; mostFen: number | null }
  /** What the last row says that the benefit reaches; below the first row nothing. */
  | { kind: 'table'; rows: RewardRow[] };

/** What a rule gives for a benefit, both in whole fen: a part of a fen is never given. */
export function rewardFor(rule: RewardRule, benefitFen: number): number {
  if (rule.kind === 'table') return rule.rows.findLast(({ fromFen }) => fromFen <= benefitFen)?.rewardFen ?? 0;
  const share = partOf(benefitFen, rule.share);
  return Math.min(share, rule.mostFen ?? share);
}

/** So many hundredths of a per cent of an amount, rounded down to a whole one. */
export function partOf(amount: number, share: number): number {
  return Number((BigInt(amount) * BigInt(share)) / 10_000n);
}

/** A reward in money and in points. */
export interface RewardParts {
  moneyFen: number;
  points: number;
}

/**
 * Divides a reward into money and points. `pointsPart` of it, in hundredths of a per cent, is to be points; what makes
 * no whole point is paid in money, so that money and points at their price are the reward to the fen.
 */
export function inMoneyAndPoints(rewardFen: number, pointsPart: number, pointPriceFen: number): RewardParts {
  const points = pointsPart === 0 ? 0 : Math.floor(partOf(rewardFen, pointsPart) / pointPriceFen);
  return { moneyFen: rewardFen - points * pointPriceFen, points };
}
