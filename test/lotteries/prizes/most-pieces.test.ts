import { expect, test } from 'vitest';
import { createLottery } from '../../../src/lotteries/set-up/create-lottery.ts';
import { verifyTranscript } from '../../../src/lotteries/verifier/verify-draw.mjs';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { rowsIn } from '../../marketplace/support.ts';
import { refused } from '../../unions/tree.ts';
import { aDrawWorld } from '../draw-world.ts';
import { aPrize, asked, heldForPrizes } from '../world.ts';

/** As many pieces as a lottery may have. */
const MOST = 5000;

test('a lottery with as many prizes as there may be is drawn, put in notice and paid; one more is refused', async () => {
  const world = await aDrawWorld({ memberCount: MOST + 100, earned: 0 });
  const { deps, admin, programmeId } = world;
  const prizes = [aPrize({ points: points(2) }), aPrize({ tier: 2, points: points(1), quantity: MOST - 1 })];
  const more = asked({ prizes: [prizes[0]!, { ...prizes[1]!, quantity: MOST }] });
  expect(await createLottery(deps, admin, newId(), { programmeId, ...more })).toMatchObject(refused('PRIZES_TOO_MANY'));
  const lotteryId = await world.final({ prizes });
  expect(await rowsIn(deps, "lottery_win WHERE state = 'paid'")).toBe(MOST);
  expect(await rowsIn(deps, 'notice_line')).toBe(MOST);
  const transcript = await world.transcript(lotteryId);
  expect(transcript.winners).toHaveLength(MOST);
  expect(verifyTranscript(transcript).ok).toBe(true);
  expect(await heldForPrizes(deps, programmeId)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});
