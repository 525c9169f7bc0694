import { expect, test } from 'vitest';
import { sumContracts } from '../../../src/innovation/contracts/sum-contracts.ts';
import { splitReward } from '../../../src/innovation/rewards/split-reward.ts';
import { unionPath } from '../../../src/unions/queries.ts';
import { accepted, anAdmin, aUnion } from '../../unions/tree.ts';
import { inParallel } from '../in-parallel.ts';
import { aRewardWorld } from './world.ts';

// As reported of Changzhou: 252 firms, 150,000 workers, bonuses of 61.154 million yuan, an effect of 578 million.
const FIRMS = 252;
const WORKERS = 150_000;
const BONUSES_FEN = 6_115_400_000;
const EFFECT_FEN = 57_800_000_000;
/** In so many of the firms an achievement had that effect. */
const EFFECTIVE = 12;
const FUND_FEN = 600_000_000;

/** A whole number in so many parts. */
const inParts = (total: number, parts: number) =>
  splitReward(
    total,
    Array.from({ length: parts }, (_, i) => ({ memberId: String(i), share: 1 })),
  );

test('252 firms under contract, the bonuses that they paid and the effect that they had come out as reported', async () => {
  const { deps, east, west, sign, pay, make, release, proven } = await aRewardWorld();
  const city = await anAdmin(deps, [east]);
  // A firm rewards 10 % of the effect of an achievement, and pays its other bonuses by hand.
  const effects = inParts(EFFECT_FEN, EFFECTIVE);
  const byHand = inParts(BONUSES_FEN - effects.reduce((sum, fen) => sum + Math.floor(fen / 10), 0), FIRMS);
  const reward = { kind: 'share', share: 1000, mostFen: null } as const;
  const firms = await inParallel(inParts(WORKERS, FIRMS), 8, async (covered, i) => {
    const unionId = await aUnion(deps, east, `第 ${i + 1} 家企业工会`);
    const contractId = accepted(await sign({ fundFen: FUND_FEN, covered, reward }, { by: city, unionId }));
    accepted(await pay(contractId, { fen: byHand[i]! }, city));
    return unionId;
  });
  const achievements = await inParallel(effects, 4, (fen, i) => proven(fen, [7000, 3000], { unionId: firms[i]! }));
  const made = await make(
    achievements.map(({ id }) => id),
    { by: city, unionId: east },
  );
  accepted(await release(accepted(made)));
  const path = (await unionPath(deps.db.manager, east))!;
  const sums = await sumContracts(deps.db.manager, [path], null);
  expect(sums).toEqual({
    ...{ contracts: FIRMS, firms: FIRMS, covered: WORKERS, fundFen: FIRMS * FUND_FEN },
    ...{ paidFen: BONUSES_FEN, effectFen: EFFECT_FEN },
  });
  expect(await sumContracts(deps.db.manager, [path], 2026)).toEqual(sums);
  expect(await sumContracts(deps.db.manager, [path], 2025)).toMatchObject({ contracts: 0, paidFen: 0, effectFen: 0 });
  const elsewhere = (await unionPath(deps.db.manager, west))!;
  expect(await sumContracts(deps.db.manager, [elsewhere], null)).toMatchObject({ firms: 0, covered: 0, paidFen: 0 });
}, 120_000);
