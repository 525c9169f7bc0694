import { expect, test } from 'vitest';
import { advanceLottery } from '../../../src/lotteries/advance-lotteries.ts';
import { drawAgain } from '../../../src/lotteries/draw/draw-again.ts';
import { commitEntropy } from '../../../src/lotteries/entropy/commit-entropy.ts';
import { disqualifyWinner } from '../../../src/lotteries/prizes/disqualify-winner.ts';
import { settleLottery } from '../../../src/lotteries/prizes/settle-lottery.ts';
import { revealCommitment } from '../../../src/lotteries/proof/reveals.ts';
import { voidLottery } from '../../../src/lotteries/set-up/void-lottery.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, refused } from '../../unions/tree.ts';
import { AT, aDrawWorld, type DrawWorld, type PartyAdmin } from '../draw-world.ts';
import { aPrize, heldForPrizes } from '../world.ts';

const reason = '经查不符合参加条件';
const goods = (quantity: number) => aPrize({ tier: 2, name: '保温杯', kind: 'goods', points: null, quantity });

function actsOf({ deps, admin }: DrawWorld) {
  return {
    disqualify: (winId: string) => disqualifyWinner(deps, admin, newId(), { winId, reason }),
    again: (lotteryId: string) => drawAgain(deps, admin, newId(), { lotteryId, reason }),
    settle: (lotteryId: string) => settleLottery(deps, admin, newId(), { lotteryId }),
  };
}

/** The second draw from its setting on: new commitments, the announcement, the reveals. */
async function drawSecond(world: DrawWorld, lotteryId: string): Promise<void> {
  const parties = world.anew();
  await world.commit(lotteryId, parties);
  await world.advance();
  await world.revealAll(lotteryId, parties);
  await world.advance();
}

async function notices({ deps }: DrawWorld): Promise<{ version: number; state: string; lineCount: number }[]> {
  return deps.db.query('SELECT version, state, line_count AS lineCount FROM notice ORDER BY version');
}

test('a winner who is disqualified leaves the list at once, as a new version with a period of its own', async () => {
  const world = await aDrawWorld({ memberCount: 5, earned: 0 });
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity: 2 })] });
  const [first] = await world.wins(lotteryId);
  world.at('2026-09-03T02:00:00.000Z');
  accepted(await actsOf(world).disqualify(first!.id));
  expect(await notices(world)).toEqual([
    { version: 1, state: 'superseded', lineCount: 2 },
    { version: 2, state: 'open', lineCount: 1 },
  ]);
  expect(await actsOf(world).disqualify(first!.id)).toMatchObject(refused('WIN_SETTLED'));
  world.at(AT.final);
  await world.advance();
  expect((await world.lottery(lotteryId)).state).toBe('in_notice');
  world.at('2026-09-10T16:00:00.000Z');
  await world.advance();
  expect((await world.lottery(lotteryId)).state).toBe('final');
  expect(await world.balance(first!.memberId)).toBe(0);
});

test('a place that was taken away is drawn again: a second recorded draw, from which earlier winners are excluded', async () => {
  const world = await aDrawWorld({ memberCount: 6, earned: 0 });
  const lotteryId = await world.inNotice({ prizes: [aPrize(), aPrize({ tier: 2, quantity: 2 })] });
  const before = await world.wins(lotteryId);
  const acts = actsOf(world);
  expect(await acts.again(lotteryId)).toMatchObject(refused('NOTHING_TO_DRAW'));
  accepted(await acts.disqualify(before[1]!.id));
  accepted(await acts.again(lotteryId));
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'frozen', drawNumber: 2 });
  expect(await acts.again(lotteryId)).toMatchObject(refused('NOT_DRAWN_YET'));
  await drawSecond(world, lotteryId);

  const wins = await world.wins(lotteryId);
  expect(wins).toHaveLength(4);
  expect(wins[1]).toMatchObject({ state: 'disqualified', drawnAgain: 2 });
  expect(wins[3]).toMatchObject({ drawNumber: 2, place: 1, prizeNumber: 2, state: 'provisional' });
  expect(before.map(({ memberId }) => memberId)).not.toContain(wins[3]!.memberId);
  const [first, second] = [await world.transcript(lotteryId, 1), await world.transcript(lotteryId, 2)];
  expect(second.announcement.excluded).toHaveLength(3);
  expect(second.announcement.frozen.root).toBe(first.announcement.frozen.root);
  expect(second.announcement.commitment.hash).not.toBe(first.announcement.commitment.hash);
  expect((await notices(world)).at(-1)).toEqual({ version: 3, state: 'open', lineCount: 3 });

  world.at(AT.final);
  await world.advance();
  for (const { memberId, state } of wins) {
    expect(await world.balance(memberId)).toBe(state === 'disqualified' ? 0 : 100);
  }
  expect(await heldForPrizes(world.deps, world.programmeId)).toBe(0);
  await expect(world.deps).toHaveCoherentLedger();
});

test('a thing that nobody collected is drawn again after the result was final; what was paid stays paid', async () => {
  const world = await aDrawWorld({ memberCount: 6, earned: 0 });
  const acts = actsOf(world);
  const lotteryId = await world.final({ prizes: [aPrize(), goods(1)], collectDays: 2 });
  const [paid, uncollected] = await world.wins(lotteryId);
  world.at('2026-09-11T16:00:00.000Z');
  await world.advance();
  accepted(await acts.again(lotteryId));
  const voided = await voidLottery(world.deps, world.admin, newId(), { lotteryId, reason });
  expect(voided).toMatchObject(refused('LOTTERY_FINAL'));
  await drawSecond(world, lotteryId);
  world.at('2026-09-20T00:00:00.000Z');
  await world.advance();
  const wins = await world.wins(lotteryId);
  expect(wins.map(({ state }) => state)).toEqual(['paid', 'lapsed', 'to_collect']);
  expect([paid!.memberId, uncollected!.memberId]).not.toContain(wins[2]!.memberId);
  expect(await world.balance(paid!.memberId)).toBe(100);
  expect((await notices(world)).map(({ state, lineCount }) => [state, lineCount])).toEqual([
    ['final', 2],
    ['final', 2],
  ]);
});

test('a second draw waits for parties that do not reveal, and takes nothing from those who won before', async () => {
  const world = await aDrawWorld({ memberCount: 6, earned: 0 });
  const acts = actsOf(world);
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity: 2 })] });
  accepted(await acts.disqualify((await world.wins(lotteryId))[0]!.id));
  accepted(await acts.again(lotteryId));
  const parties = world.anew();
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'frozen', trouble: 'parties_missing' });
  await world.commit(lotteryId, parties);
  await world.advance();
  world.at('2026-09-05T00:00:00.000Z');
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'frozen', trouble: 'entropy_awaited' });
  await world.revealAll(lotteryId, parties.slice(0, 2));
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'in_notice', trouble: null });
});

test('for a second draw each party commits itself anew, to something new, until the first of them reveals', async () => {
  const world = await aDrawWorld({ memberCount: 6, earned: 0 });
  const acts = actsOf(world);
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity: 2 })] });
  const [one, two, three] = world.anew();
  const give = ({ caller, secret }: PartyAdmin) => {
    const commitment = revealCommitment(secret).toString('hex');
    return commitEntropy(world.deps, caller, newId(), { lotteryId, commitment });
  };
  expect(await give(one!)).toMatchObject(refused('COMMITMENT_MADE'));
  accepted(await acts.disqualify((await world.wins(lotteryId))[0]!.id));
  accepted(await acts.again(lotteryId));
  expect(await give(world.parties[0]!)).toMatchObject(refused('COMMITMENT_COPIED'));
  expect(await give({ ...one!, caller: world.admin })).toMatchObject(refused('LOTTERY_UNKNOWN'));
  expect(await world.reveal(lotteryId, one!)).toMatchObject(refused('REVEALS_NOT_OPEN'));
  for (const party of [one!, two!]) accepted(await give(party));
  expect(await give({ ...three!, secret: one!.secret })).toMatchObject(refused('COMMITMENT_COPIED'));
  accepted(await give(three!));
  expect(await give(one!)).toMatchObject(refused('COMMITMENT_MADE'));
  await world.advance();
  // What was revealed in the first draw is no reveal of the second.
  expect(await world.reveal(lotteryId, world.parties[0]!)).toMatchObject(refused('REVEAL_NOT_COMMITTED'));
  await world.revealAll(lotteryId, [one!, two!, three!]);
  await world.advance();
  expect((await world.lottery(lotteryId)).state).toBe('in_notice');
  const [first, second] = [await world.transcript(lotteryId, 1), await world.transcript(lotteryId, 2)];
  expect(second.entropy).not.toEqual(first.entropy);
});

test('two admins who set a second draw at once set one', async () => {
  const world = await aDrawWorld({ memberCount: 6, earned: 0 });
  const acts = actsOf(world);
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity: 2 })] });
  accepted(await acts.disqualify((await world.wins(lotteryId))[0]!.id));
  const outcomes = await Promise.all([
    acts.again(lotteryId),
    acts.again(lotteryId),
    advanceLottery(world.deps, lotteryId),
  ]);
  expect(outcomes.slice(0, 2).filter((outcome) => (outcome as { ok: boolean }).ok)).toHaveLength(1);
  expect((await world.lottery(lotteryId)).drawNumber).toBe(2);
});

test('nothing is drawn again once a lottery is settled', async () => {
  const world = await aDrawWorld({ memberCount: 3, earned: 0 });
  const acts = actsOf(world);
  const lotteryId = await world.final({ prizes: [goods(1)], collectDays: 1 });
  world.at('2026-09-10T16:00:00.000Z');
  await world.advance();
  accepted(await acts.settle(lotteryId));
  expect(await acts.again(lotteryId)).toMatchObject(refused('LOTTERY_SETTLED'));
});
