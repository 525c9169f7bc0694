import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyTranscript } from '../../src/lotteries/verifier/verify-draw.mjs';
import { rowsIn } from '../marketplace/support.ts';
import { aDrawWorld, type DrawWorld } from './draw-world.ts';
import { command, History } from './history.ts';
import { heldForPrizes } from './world.ts';

/** What the lottery of a history that has come to its end must leave behind. */
async function requireSettled(world: DrawWorld, { lotteryId, offerId }: History): Promise<void> {
  const { deps } = world;
  const lottery = await world.lottery(lotteryId);
  const wins = await world.wins(lotteryId);
  expect(['final', 'void']).toContain(lottery.state);

  // Each draw is one, and anyone can verify it.
  const draws = await deps.db.query(
    'SELECT number, transcript FROM lottery_draw WHERE lottery_id = ? ORDER BY number',
    [lotteryId],
  );
  expect(draws.map(({ number }: { number: number }) => number)).toEqual(
    Array.from({ length: lottery.drawNumber }, (_, i) => i + 1),
  );
  for (const { number, transcript } of draws) {
    if (transcript === null) expect([lottery.state, number]).toEqual(['void', lottery.drawNumber]);
    else expect(verifyTranscript(JSON.parse(transcript)).ok).toBe(true);
  }

  // Nobody wins twice, each win is paid once at the most, and none of a void lottery is.
  expect(new Set(wins.map(({ memberId }) => memberId)).size).toBe(wins.length);
  const ended = ['paid', 'collected', 'lapsed', 'disqualified', 'void'];
  expect(wins.filter(({ state }) => !ended.includes(state))).toEqual([]);
  const given = wins.filter(({ state }) => state === 'paid' || state === 'collected');
  if (lottery.state === 'void') expect(given).toEqual([]);
  for (const [prize, quantity] of [2, 2, 1].entries())
    expect(given.filter(({ prizeNumber }) => prizeNumber === prize + 1).length).toBeLessThanOrEqual(quantity);
  const paid = wins.filter(({ state }) => state === 'paid').length;
  const ofThese = `IN ('', ${wins.map(({ id }) => `'${id}'`).join(', ') || "''"})`;
  expect(await rowsIn(deps, `transfer WHERE kind = 'prize' AND cause_id ${ofThese}`)).toBe(paid);

  // Points and pieces are where they belong.
  expect(await heldForPrizes(deps, world.programmeId)).toBe(0);
  const vouchers = wins.filter(({ prizeNumber, state }) => prizeNumber === 2 && state === 'paid').length;
  expect(await world.stock(offerId)).toBe(3 - vouchers);
  const owed = `lottery_grant WHERE lottery_id = '${lotteryId}' AND source = 'bought' AND refunded_at IS NULL`;
  expect(await rowsIn(deps, lottery.state === 'void' ? owed : `${owed} AND left_out IS NOT NULL`)).toBe(0);
  expect(await rowsIn(deps, "objection WHERE state = 'waiting'")).toBe(0);
  const unanswered = `objection o JOIN notice n ON n.id = o.notice_id
    WHERE n.subject_id = '${lotteryId}' AND o.state = 'upheld' AND o.answered_by IS NULL`;
  if (lottery.state === 'final') expect(await rowsIn(deps, unanswered)).toBe(0);
}

test('whatever happens, a lottery comes to its end with every point, piece and draw accounted for', async () => {
  const world = await aDrawWorld({ memberCount: 7 });
  const commands = fc.array(command, { minLength: 20, maxLength: 45, size: 'max' });
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const history = await History.begin(world);
      for (const one of steps) await history.play(one);
      await history.end();
      await requireSettled(world, history);
    }),
    { numRuns: 3, endOnFailure: true },
  );
  await expect(world.deps).toHaveCoherentLedger();
});
