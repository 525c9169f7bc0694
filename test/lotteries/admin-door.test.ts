import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { anAdmin, aUnion, auditedActions } from '../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { codes } from '../support/client.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { awaitingDrand, ROUND, ROUND_AT, SIGNATURE } from './drand-round.ts';
import { AT, aDrawWorld } from './draw-world.ts';
import { aPrize, NOW } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

const REASON = 'reason: "经查不符合参加条件"';
const TERMS = `{ prizes: [{ tier: 1, name: "一等奖", kind: POINTS, points: 50, quantity: 2 }], freeTickets: 3,
  ticketsAtMost: 5 }`;
const goods = (quantity: number) => aPrize({ name: '保温杯', kind: 'goods', points: null, quantity });

/** A mutation of the admin's door. */
interface Act {
  name: string;
  /** All arguments but the key. */
  args: string;
  view: string;
  /** The code that an admin of another branch meets. */
  unknown: string;
}

/** A draw world with its admins at the door: of the branch, of another one, and one of the branch who only reads. */
async function aScene() {
  const world = await aDrawWorld({ memberCount: 4, earned: 0 });
  const [{ path }] = await deps.db.query('SELECT path FROM union_node WHERE id = ?', [world.unionId]);
  const here = { id: world.unionId, path };
  const clerk = await anAdmin(deps, 'clerk', [[here, 'programme-admin']]);
  const reader = await anAdmin(deps, 'reader', [[here, 'auditor']]);
  const stranger = await anAdmin(deps, 'stranger', [[await aUnion(deps, '别的工会'), 'federation-admin']]);
  const ask = async ({ name, args, view }: Act, { operatorId }: { operatorId: string }) => {
    // The clock has moved by days since they signed in.
    deps.clock.set(world.deps.clock.now().toISOString());
    const token = await tokenFor(deps, 'admin', operatorId);
    const query = `mutation { ${name}(key: "${newId()}", ${args}) { ${view} ... on Refusal { code } } }`;
    const answer = await api.ask('admin', query, { token });
    return { codes: codes(answer), result: answer.data?.[name] };
  };
  const act = async (one: Act) => (await ask(one, clerk)).result;
  /** Only the admin of the branch who may is let do it; what she meets. */
  const guarded = async (one: Act) => {
    expect((await ask(one, reader)).codes).toEqual(['UNAUTHORIZED']);
    expect(await ask(one, stranger)).toEqual({ codes: [], result: { code: one.unknown } });
    const done = await act(one);
    expect((await auditedActions(deps)).at(-1)).toBe(one.name);
    return done;
  };
  return { ...world, act, guarded };
}

const ofLottery = (name: string, lotteryId: string, rest = ''): Act => {
  const view = '... on Lottery { id state name terms { freeTickets prizes { points } } }';
  return { name, args: `lotteryId: "${lotteryId}" ${rest}`, view, unknown: 'LOTTERY_UNKNOWN' };
};
const ofWin = (name: string, winId: string, rest = ''): Act => ({
  name,
  args: `winId: "${winId}" ${rest}`,
  view: '... on LotteryWin { id state reason }',
  unknown: 'WIN_UNKNOWN',
});

test('a draft is changed as a whole by an admin of the branch who may write, and not once it is open', async () => {
  const { act, guarded, draft } = await aScene();
  const id = await draft();
  const times = `opensAt: "2026-08-28T09:00:00+08:00", freezesAt: "2026-09-01T08:00:00+08:00",
    drawsAt: "2026-09-01T09:00:00+08:00"`;
  const change = ofLottery('changeLottery', id, `name: "中秋抽奖", ${times}, terms: ${TERMS}`);
  expect(await guarded(change)).toEqual({
    ...{ id, state: 'DRAFT', name: '中秋抽奖' },
    terms: { freeTickets: 3, prizes: [{ points: 50 }] },
  });
  expect(await guarded(ofLottery('openLottery', id))).toMatchObject({ state: 'OPEN' });
  expect(await act(change)).toEqual({ code: 'LOTTERY_OPENED' });
  expect(await act(ofLottery('openLottery', id))).toEqual({ code: 'LOTTERY_OPENED' });
});

test('a template is changed as a whole by an admin of the branch who may write', async () => {
  const { act, guarded, programmeId } = await aScene();
  const timetable =
    'timetable: { drawDay: 1, drawTime: "10:00", freezeTime: "09:00", opensDaysBefore: 3, openTime: "08:00" }';
  const template = (name: string, of: string, drawDay: number): Act => ({
    ...{ name, unknown: 'TEMPLATE_UNKNOWN' },
    args: `${of}, name: "月月抽奖", ${timetable.replace('drawDay: 1', `drawDay: ${drawDay}`)}, terms: ${TERMS}`,
    view: '... on LotteryTemplate { id timetable { drawDay } terms { freeTickets } }',
  });
  const { id } = await act(template('createLotteryTemplate', `programmeId: "${programmeId}"`, 1));
  expect(await guarded(template('changeLotteryTemplate', `templateId: "${id}"`, 15))).toEqual({
    ...{ id, timetable: { drawDay: 15 } },
    terms: { freeTickets: 3 },
  });
  expect(await act(template('changeLotteryTemplate', `templateId: "${id}"`, 29))).toEqual({
    code: 'NUMBER_OUT_OF_RANGE',
  });
});

test('a winner is disqualified, a draw is set again and a lottery called off once, by whoever is first', async () => {
  const { act, guarded, inNotice, wins } = await aScene();
  const lotteryId = await inNotice({ prizes: [aPrize({ quantity: 2 })] });
  const { id } = (await wins(lotteryId))[0]!;
  const disqualify = ofWin('disqualifyWinner', id, REASON);
  expect(await guarded(disqualify)).toEqual({ id, state: 'DISQUALIFIED', reason: '经查不符合参加条件' });
  expect(await act(disqualify)).toEqual({ code: 'WIN_SETTLED' });
  const again = ofLottery('drawAgain', lotteryId, REASON);
  expect(await guarded(again)).toMatchObject({ id: lotteryId, state: 'FROZEN' });
  expect(await act(again)).toEqual({ code: 'NOT_DRAWN_YET' });
  const off = ofLottery('voidLottery', lotteryId, REASON);
  expect(await guarded(off)).toMatchObject({ id: lotteryId, state: 'VOID' });
  expect(await act(off)).toEqual({ code: 'LOTTERY_VOID' });
});

test('a prize is handed out and a lottery settled once, by whoever is first', async () => {
  const { act, guarded, advance, at, final, wins } = await aScene();
  const lotteryId = await final({ prizes: [goods(2)], collectDays: 2 });
  const { id } = (await wins(lotteryId))[0]!;
  const settle = ofLottery('settleLottery', lotteryId);
  expect(await act(settle)).toEqual({ code: 'WINS_WAITING' });
  const handOut = ofWin('handOutPrize', id);
  expect(await guarded(handOut)).toMatchObject({ id, state: 'COLLECTED' });
  expect(await act(handOut)).toEqual({ code: 'PRIZE_NOT_TO_COLLECT' });
  at('2026-09-11T16:00:00.000Z');
  await advance();
  expect(await guarded(settle)).toMatchObject({ id: lotteryId, state: 'FINAL' });
  expect(await act(settle)).toEqual({ code: 'LOTTERY_SETTLED' });
});

test('a round of drand is handed in once, by whoever is first', async () => {
  const scene = await aScene();
  const lotteryId = await awaitingDrand(scene);
  scene.at(ROUND_AT.toISOString());
  const supply = ofLottery('supplyEntropy', lotteryId, `round: ${ROUND}, signature: "${SIGNATURE}"`);
  expect(await scene.guarded(supply)).toMatchObject({ id: lotteryId, state: 'FROZEN' });
  expect(await scene.act(supply)).toEqual({ code: 'ROUND_NOT_AWAITED' });
  await scene.advance();
  expect((await scene.lottery(lotteryId)).state).toBe('in_notice');
});

test('the list of a notice is published anew by an admin of the branch, while it is in notice', async () => {
  const { act, advance, at, guarded, inNotice } = await aScene();
  const lotteryId = await inNotice();
  const renew = ofLottery('renewWinnersNotice', lotteryId, REASON);
  expect(await guarded(renew)).toMatchObject({ id: lotteryId, state: 'IN_NOTICE' });
  at(AT.final);
  await advance();
  expect(await act(renew)).toEqual({ code: 'NOT_IN_NOTICE' });
  at(NOW);
  expect(await act(renew)).toEqual({ code: 'NOT_IN_NOTICE' });
});
