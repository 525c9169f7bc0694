import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { advanceLottery } from '../../../src/lotteries/advance-lotteries.ts';
import { drawLottery } from '../../../src/lotteries/draw/draw-lottery.ts';
import { supplyEntropy } from '../../../src/lotteries/entropy/supply-entropy.ts';
import { freezeLottery } from '../../../src/lotteries/freeze/freeze-lottery.ts';
import { holderOf } from '../../../src/lotteries/proof/ticket.ts';
import { verifyTranscript } from '../../../src/lotteries/verifier/verify-draw.mjs';
import { newId } from '../../../src/platform/ids.ts';
import { rowsIn } from '../../marketplace/support.ts';
import { accepted, refused } from '../../unions/tree.ts';
import { awaitingDrand, RANDOMNESS, ROUND, ROUND_AT, SIGNATURE } from '../drand-round.ts';
import { AT, aDrawWorld } from '../draw-world.ts';
import { aPrize, heldForPrizes } from '../world.ts';

/** A relay of drand that answers with this; the requests that it got. */
async function relay(status: number, body: object): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('the draw is made when its instant has come and every party has revealed; its winners come in notice', async () => {
  const world = await aDrawWorld({ memberCount: 10 });
  const lotteryId = await world.frozen({ prizes: [aPrize(), aPrize({ tier: 2, name: '二等奖', quantity: 3 })] });
  await world.revealAll(lotteryId);
  await world.advance();
  expect(await rowsIn(world.deps, 'lottery_win')).toBe(0);
  world.at(AT.draw);
  await world.advance();
  const wins = await world.wins(lotteryId);
  expect(wins.map(({ place, prizeNumber, state }) => [place, prizeNumber, state])).toEqual([
    [1, 1, 'provisional'],
    [2, 2, 'provisional'],
    [3, 2, 'provisional'],
    [4, 2, 'provisional'],
  ]);
  expect(new Set(wins.map(({ memberId }) => memberId)).size).toBe(4);
  const lottery = await world.lottery(lotteryId);
  expect(lottery.state).toBe('in_notice');
  const lines = await world.deps.db.query('SELECT label, detail FROM notice_line ORDER BY number');
  expect(lines).toHaveLength(4);
  expect(lines[0].label).toMatch(/^测\*员｜工会/);
  expect(lines[0].detail).toBe('一等奖：一等奖');
});

test('the transcript names each winner by ticket and holder, and the hash that is kept is that of its bytes', async () => {
  const world = await aDrawWorld({ memberCount: 10 });
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity: 2 })] });
  const transcript = await world.transcript(lotteryId);
  const wins = await world.wins(lotteryId);
  expect(transcript.winners.map(({ holder }) => holder)).toEqual(
    wins.map(({ memberId }) => holderOf(lotteryId, memberId).toString('hex')),
  );
  const [row] = await world.deps.db.query('SELECT transcript, transcript_hash FROM lottery_draw');
  expect(createHash('sha256').update(row.transcript).digest()).toEqual(row.transcript_hash);
  expect(row.transcript).not.toContain(wins[0]!.memberId);
});

test('many machines that draw at once make one draw', async () => {
  const world = await aDrawWorld({ memberCount: 10 });
  const lotteryId = await world.frozen({ prizes: [aPrize({ quantity: 3 })] });
  await world.revealAll(lotteryId);
  world.at(AT.draw);
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => drawLottery(world.deps, lotteryId)));
  expect(outcomes.filter((outcome) => outcome === 'drawn')).toHaveLength(1);
  await Promise.all(Array.from({ length: 4 }, () => advanceLottery(world.deps, lotteryId)));
  expect(await world.wins(lotteryId)).toHaveLength(3);
  expect(await rowsIn(world.deps, 'notice')).toBe(1);
});

test('a draw that was made can be neither changed nor deleted', async () => {
  const world = await aDrawWorld();
  await world.inNotice();
  const { db } = world.deps;
  await expect(db.query("UPDATE lottery_draw SET transcript = '{}'")).rejects.toThrow('never changed');
  await expect(db.query('DELETE FROM lottery_draw')).rejects.toThrow('never changed');
});

test('a reveal is taken only from its party, once, as committed, and only when the list is public', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.ready();
  const [first, second] = world.parties;
  expect(await world.reveal(lotteryId, first!)).toMatchObject(refused('REVEALS_NOT_OPEN'));
  world.at(AT.freeze);
  await world.advance();
  const stranger = { caller: world.admin, secret: first!.secret };
  expect(await world.reveal(lotteryId, stranger)).toMatchObject(refused('LOTTERY_UNKNOWN'));
  const wrong = { caller: first!.caller, secret: second!.secret };
  expect(await world.reveal(lotteryId, wrong)).toMatchObject(refused('REVEAL_NOT_COMMITTED'));
  accepted(await world.reveal(lotteryId, first!));
  expect(await world.reveal(lotteryId, first!)).toMatchObject(refused('REVEAL_MADE'));
  await world.revealAll(lotteryId, world.parties.slice(1));
  world.at(AT.draw);
  await world.advance();
  expect(await world.reveal(lotteryId, first!)).toMatchObject(refused('REVEALS_CLOSED'));
});

test('a party that withholds its reveal is left out when its time is over, and named in the transcript', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.frozen();
  await world.revealAll(lotteryId, world.parties.slice(0, 2));
  world.at('2026-09-02T01:59:59.999Z');
  await world.advance();
  expect((await world.lottery(lotteryId)).state).toBe('frozen');
  world.at(AT.lateDraw);
  await world.advance();
  expect((await world.lottery(lotteryId)).state).toBe('in_notice');
  const { entropy } = await world.transcript(lotteryId);
  expect(entropy).toMatchObject({ kind: 'reveals', parties: [{}, {}, { name: '第3方', reveal: null }] });
});

test('a lottery for which fewer than two parties reveal is void, and what was paid comes back', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.frozen();
  await world.revealAll(lotteryId, world.parties.slice(0, 1));
  world.at(AT.lateDraw);
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'void', voidReason: '公开随机数的单位不足两方' });
  expect(await heldForPrizes(world.deps, world.programmeId)).toBe(0);
  await expect(world.deps).toHaveCoherentLedger();
});

test('more prizes than members: the places that are left are not drawn, and their points go back in the end', async () => {
  const world = await aDrawWorld({ memberCount: 2 });
  const lotteryId = await world.final({ prizes: [aPrize({ quantity: 5 })] });
  expect(await world.wins(lotteryId)).toHaveLength(2);
  expect((await world.transcript(lotteryId)).notDrawn).toHaveLength(3);
  expect((await world.lottery(lotteryId)).settledAt).not.toBeNull();
  expect(await heldForPrizes(world.deps, world.programmeId)).toBe(0);
  await expect(world.deps).toHaveCoherentLedger();
});

test('a draw by drand fetches the announced round from the first relay that gives it signed', async () => {
  const world = await aDrawWorld();
  const lotteryId = await awaitingDrand(world);
  const forged = await relay(200, { signature: SIGNATURE.replace('b7', 'b8'), randomness: RANDOMNESS });
  const good = await relay(200, { signature: SIGNATURE, randomness: RANDOMNESS });
  const deps = { ...world.deps, config: { ...world.deps.config, drandRelays: [forged.url, good.url] } };
  await advanceLottery(deps, lotteryId);
  expect(good.asked).toEqual([]);
  world.deps.clock.set(ROUND_AT.toISOString());
  await advanceLottery(deps, lotteryId);
  expect(forged.asked).toHaveLength(1);
  expect(good.asked).toHaveLength(1);
  expect((await world.lottery(lotteryId)).state).toBe('in_notice');
  expect((await world.transcript(lotteryId)).entropy).toMatchObject({ kind: 'drand', round: ROUND });
});

test('while no relay can be reached the lottery says so, and an admin may hand in the round, but no other', async () => {
  const world = await aDrawWorld();
  const lotteryId = await awaitingDrand(world);
  world.deps.clock.set(ROUND_AT.toISOString());
  const supply = (round: number, signature: string) =>
    supplyEntropy(world.deps, world.admin, newId(), { lotteryId, round, signature });
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'frozen', trouble: 'entropy_awaited' });
  expect(await supply(ROUND + 1, SIGNATURE)).toMatchObject(refused('ROUND_FORGED'));
  expect(await supply(ROUND, `00${SIGNATURE.slice(2)}`)).toMatchObject(refused('ROUND_FORGED'));
  expect(await supply(ROUND, 'nonsense')).toMatchObject(refused('ROUND_FORGED'));
  accepted(await supply(ROUND, SIGNATURE));
  expect(await supply(ROUND, SIGNATURE)).toMatchObject(refused('ROUND_NOT_AWAITED'));
  await world.advance();
  expect(await world.lottery(lotteryId)).toMatchObject({ state: 'in_notice', trouble: null });
});

test('a clock that is set back between freeze, announcement and draw leaves a transcript that anyone can verify', async () => {
  const world = await aDrawWorld({ memberCount: 5 });
  const { deps } = world;
  const lotteryId = await world.ready();
  world.at('2026-09-04T00:00:00.000Z');
  await freezeLottery(deps, lotteryId);
  world.at('2026-09-01T00:00:00.000Z');
  await world.advance();
  await world.revealAll(lotteryId);
  world.at(AT.draw);
  await world.advance();
  const transcript = await world.transcript(lotteryId);
  expect(transcript.announcement.announcedAt).toBe(transcript.announcement.frozen.at);
  expect(verifyTranscript(transcript).ok).toBe(true);
});

test('a round of drand that was made before the list was counted is replaced by one to come', async () => {
  const world = await aDrawWorld();
  const lotteryId = await world.opened({ entropy: 'drand' });
  const named = async () => (await world.deps.db.query('SELECT drand_round FROM lottery_draw'))[0].drand_round;
  const before = await named();
  world.at('2026-09-03T00:00:00.000Z');
  await world.advance();
  expect(Number(await named())).toBeGreaterThan(Number(before) + 46 * 1200);
  expect((await world.lottery(lotteryId)).state).toBe('frozen');
});
