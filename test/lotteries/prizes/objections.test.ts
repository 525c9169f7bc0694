import { expect, test } from 'vitest';
import { drawAgain } from '../../../src/lotteries/draw/draw-again.ts';
import { disqualifyWinner } from '../../../src/lotteries/prizes/disqualify-winner.ts';
import { renewWinnersNotice } from '../../../src/lotteries/prizes/renew-winners-notice.ts';
import { decideObjection } from '../../../src/notices/decide-objection.ts';
import { fileObjection } from '../../../src/notices/file-objection.ts';
import { newId } from '../../../src/platform/ids.ts';
import { asMember } from '../../cards/world.ts';
import { aDecider } from '../../notices/world.ts';
import { accepted, refused } from '../../unions/tree.ts';
import { AT, aDrawWorld } from '../draw-world.ts';
import { aPrize, heldForPrizes } from '../world.ts';

const reason = '经查不符合参加条件';
/** Nine working days after the draw: the end of every period in these tests. */
const ALL_OVER = '2026-09-20T16:00:00.000Z';

/** A lottery in notice with so many winners, and what members and admins do about objections. */
async function inNotice(quantity: number) {
  const world = await aDrawWorld({ memberCount: 6, earned: 0 });
  const { deps, admin, unionId } = world;
  const decider = await aDecider(deps, unionId);
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity })] });

  const noticeId = async () => (await world.lottery(lotteryId)).noticeId!;
  const file = async (memberId: string, lineNumber: number | null) => {
    const objection = { noticeId: await noticeId(), lineNumber, text: '此人已退会', evidenceIds: [] };
    return accepted(await fileObjection(deps, asMember(memberId), newId(), objection));
  };
  const uphold = async (objectionId: string) =>
    accepted(await decideObjection(deps, decider, newId(), { objectionId, decision: 'upheld', reason: '情况属实' }));
  const disqualify = (winId: string) => disqualifyWinner(deps, admin, newId(), { winId, reason });
  const renew = () => renewWinnersNotice(deps, admin, newId(), { lotteryId, reason });
  const again = async () => accepted(await drawAgain(deps, admin, newId(), { lotteryId, reason }));
  const secrets = world.anew();
  /** The second draw, which was set, up to the point where its winners are to be published. */
  const drawSecond = async () => {
    await world.commit(lotteryId, secrets);
    await world.advance();
    await world.revealAll(lotteryId, secrets);
    await world.advance();
  };
  const now = () => world.lottery(lotteryId);
  const versions = async (): Promise<[number, number][]> => {
    const rows = await deps.db.query('SELECT version, line_count AS n FROM notice ORDER BY version');
    return rows.map(({ version, n }: { version: number; n: number }) => [version, n]);
  };
  /** The versions that answer objections, in the order of their filing. */
  const answers = async (): Promise<(number | null)[]> => {
    const rows: { version: number | null }[] = await deps.db.query(
      'SELECT n.version FROM objection o LEFT JOIN notice n ON n.id = o.answered_by ORDER BY o.id',
    );
    return rows.map(({ version }) => version);
  };
  const wins = () => world.wins(lotteryId);
  const acts = { file, uphold, disqualify, renew, again, drawSecond };
  return { ...world, ...acts, lotteryId, now, versions, answers, wins, objector: world.memberIds[0]! };
}

test('an objection is filed and upheld, its winner loses the win, the place is drawn again, and all is paid in the end', async () => {
  const world = await inNotice(2);
  const [kept, lost] = await world.wins();
  const objection = await world.file(world.objector, 2);
  world.at(ALL_OVER);
  await world.advance();
  expect((await world.now()).state).toBe('in_notice');
  await world.uphold(objection);
  await world.advance();
  expect(await world.now()).toMatchObject({ state: 'in_notice', trouble: 'objection_upheld' });

  accepted(await world.disqualify(lost!.id));
  expect(await world.answers()).toEqual([2]);
  await world.again();
  await world.drawSecond();
  expect(await world.now()).toMatchObject({ state: 'in_notice', trouble: null });
  world.at('2026-09-30T16:00:00.000Z');
  await world.advance();

  expect((await world.now()).settledAt).not.toBeNull();
  const [, , drawn] = await world.wins();
  expect([lost!.memberId, kept!.memberId]).not.toContain(drawn!.memberId);
  for (const [{ memberId }, points] of [[kept!, 100] as const, [lost!, 0] as const, [drawn!, 100] as const]) {
    expect(await world.balance(memberId)).toBe(points);
  }
  expect(await world.versions()).toEqual([
    [1, 2],
    [2, 1],
    [3, 2],
  ]);
  expect(await heldForPrizes(world.deps, world.programmeId)).toBe(0);
  await expect(world.deps).toHaveCoherentLedger();
});

test('an objection that is upheld while a place is drawn again keeps the winners from being published until somebody answers it', async () => {
  const world = await inNotice(3);
  const [first, second] = await world.wins();
  accepted(await world.disqualify(first!.id));
  // Line 1 of the second version is the second winner.
  const objection = await world.file(world.objector, 1);
  await world.again();
  await world.uphold(objection);
  await world.drawSecond();
  expect(await world.now()).toMatchObject({ state: 'drawn', trouble: 'objection_upheld' });
  expect(await world.answers()).toEqual([null]);
  const [, , , drawn] = await world.wins();
  expect(await world.disqualify(drawn!.id)).toMatchObject(refused('WIN_SETTLED'));
  world.at(AT.final);
  await world.advance();
  expect(await world.versions()).toHaveLength(2);

  accepted(await world.disqualify(second!.id));
  expect(await world.now()).toMatchObject({ state: 'in_notice', trouble: null });
  expect(await world.answers()).toEqual([3]);
  expect((await world.versions()).at(-1)).toEqual([3, 2]);
});

test('a winner who lost the win while a place is drawn again answers the objection to it', async () => {
  const world = await inNotice(3);
  const [first, second] = await world.wins();
  accepted(await world.disqualify(first!.id));
  const objection = await world.file(world.objector, 1);
  await world.again();
  await world.uphold(objection);
  accepted(await world.disqualify(second!.id));
  expect(await world.answers()).toEqual([null]);
  await world.drawSecond();
  expect(await world.now()).toMatchObject({ state: 'in_notice', trouble: null });
  expect(await world.answers()).toEqual([3]);
});

test('of two objections that were upheld the list is published when both are answered, and never by the answer to one', async () => {
  const world = await inNotice(3);
  const [first, second] = await world.wins();
  for (const line of [1, 2]) await world.uphold(await world.file(world.objector, line));
  accepted(await world.disqualify(first!.id));
  expect(await world.now()).toMatchObject({ state: 'in_notice', trouble: 'objection_upheld' });
  expect(await world.versions()).toHaveLength(1);
  world.at(ALL_OVER);
  await world.advance();
  expect((await world.now()).state).toBe('in_notice');
  accepted(await world.disqualify(second!.id));
  expect(await world.answers()).toEqual([2, 2]);
  expect(await world.versions()).toEqual([
    [1, 3],
    [2, 1],
  ]);
});

test('an objection to the whole notice is answered only by an admin who publishes the list anew', async () => {
  const world = await inNotice(2);
  const [first] = await world.wins();
  const objection = await world.file(world.objector, null);
  accepted(await world.disqualify(first!.id));
  await world.again();
  await world.uphold(objection);
  await world.drawSecond();
  expect(await world.now()).toMatchObject({ state: 'drawn', trouble: 'objection_upheld' });
  accepted(await world.renew());
  expect(await world.now()).toMatchObject({ state: 'in_notice', trouble: null });
  expect(await world.answers()).toEqual([3]);
  world.at(ALL_OVER);
  await world.advance();
  expect((await world.now()).state).toBe('final');
  expect(await world.renew()).toMatchObject(refused('NOT_IN_NOTICE'));
  await expect(world.deps).toHaveCoherentLedger();
});
