import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareLotteries } from '../../src/lotteries/prepare-lotteries.ts';
import { newId } from '../../src/platform/ids.ts';
import { anAdmin, aUnion } from '../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { countQueries } from '../support/count-queries.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { accruals, aLotteryWorld, NOW, TIMES } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

const TERMS = {
  prizes: [{ tier: 1, name: '一等奖', kind: 'POINTS', points: 100, quantity: 2 }],
  freeTickets: 1,
  ticketPrice: 10,
  boughtAtMost: 5,
  ticketsAtMost: 10,
};

/** A programme with members, an admin of its union, one of another union, and what they ask of the doors. */
async function aScene() {
  const world = await aLotteryWorld({ memberCount: 2, earned: 100 });
  deps.clock.set(NOW);
  const [{ path }] = await deps.db.query('SELECT path FROM union_node WHERE id = ?', [world.unionId]);
  const clerk = await anAdmin(deps, 'clerk', [[{ id: world.unionId, path }, 'programme-admin']]);
  const stranger = await anAdmin(deps, 'stranger', [[await aUnion(deps, '别的工会'), 'federation-admin']]);
  const admin = (query: string, variables: object = {}, who = clerk) =>
    api.ask('admin', query, { token: who.tokens.accessToken, variables: { ...variables } });
  const token = await tokenFor(deps, 'member', world.memberIds[0]!);
  const member = (query: string, variables: object = {}) =>
    api.ask('member', query, { token, variables: { ...variables } });
  const create = async (fields: object = {}) => {
    const asked = { key: newId(), programmeId: world.programmeId, name: '九月抽奖', ...TIMES, terms: TERMS, ...fields };
    const made = await admin(CREATE, asked);
    expect(made.errors).toEqual([]);
    return made.data.createLottery;
  };
  return { ...world, clerk, stranger, admin, member, create };
}

const CREATE = `mutation ($key: String!, $programmeId: Id!, $name: String!, $opensAt: Instant!, $freezesAt: Instant!,
    $drawsAt: Instant!, $terms: LotteryTermsInput!) {
  createLottery(key: $key, programmeId: $programmeId, name: $name, opensAt: $opensAt, freezesAt: $freezesAt,
    drawsAt: $drawsAt, terms: $terms) {
    ... on Lottery { id state trouble reservedPoints terms { prizes { number tier name kind points quantity offer { id } }
      ticketRules { ruleId ruleName tickets } ticketPrice entropy parties { name operatorName commitment } } }
    ... on Refusal { code at message }
  }
}`;
const STATE = '... on Lottery { id state voidReason } ... on Refusal { code }';

test('an admin sets a lottery up, opens it and calls it off; who stands outside sees nothing of it', async () => {
  const { admin, create, stranger, programmeId } = await aScene();
  const give = await accruals(deps, programmeId);
  const terms = { ...TERMS, ticketRules: [{ ruleId: give.ruleId, tickets: 2 }] };
  const made = await create({ terms });
  expect(made).toMatchObject({
    state: 'DRAFT',
    reservedPoints: 0,
    terms: {
      prizes: [{ number: 1, tier: 1, kind: 'POINTS', points: 100, quantity: 2, offer: null }],
      ticketRules: [{ ruleId: give.ruleId, tickets: 2 }],
      entropy: 'DRAND',
      parties: [],
    },
  });
  expect(await create({ terms: { ...TERMS, ticketsAtMost: 0 } })).toMatchObject({
    code: 'NUMBER_OUT_OF_RANGE',
    at: 'ticketsAtMost',
  });

  const open = `mutation ($key: String!, $id: Id!) { openLottery(key: $key, lotteryId: $id) { ${STATE} } }`;
  const id = made.id;
  expect((await admin(open, { key: newId(), id }, stranger)).data.openLottery).toEqual({ code: 'LOTTERY_UNKNOWN' });
  expect((await admin(open, { key: newId(), id })).data.openLottery).toMatchObject({ id, state: 'OPEN' });
  const off = `mutation ($key: String!, $id: Id!) { voidLottery(key: $key, lotteryId: $id, reason: "取消") { ${STATE} } }`;
  expect((await admin(off, { key: newId(), id })).data.voidLottery).toEqual({ id, state: 'VOID', voidReason: '取消' });

  const list = `query ($p: Id!, $id: Id!) { lotteries(programmeId: $p, state: VOID) { nodes { id } } lottery(id: $id) { id } }`;
  expect((await admin(list, { p: programmeId, id })).data).toEqual({ lotteries: { nodes: [{ id }] }, lottery: { id } });
  expect((await admin(list, { p: programmeId, id }, stranger)).data).toEqual({
    lotteries: { nodes: [] },
    lottery: null,
  });
});

test('an admin makes, changes and pauses a template', async () => {
  const { admin, programmeId, stranger } = await aScene();
  const timetable = { drawDay: 1, drawTime: '10:00', freezeTime: '09:00', opensDaysBefore: 3, openTime: '08:00' };
  const view = '... on LotteryTemplate { id name state timetable { drawDay madeDaysBefore } terms { freeTickets } }';
  const made = await admin(
    `mutation ($key: String!, $programmeId: Id!, $timetable: TimetableInput!, $terms: LotteryTermsInput!) {
      createLotteryTemplate(key: $key, programmeId: $programmeId, name: "月月抽奖", timetable: $timetable, terms: $terms)
      { ${view} ... on Refusal { code at } } }`,
    { key: newId(), programmeId, timetable, terms: TERMS },
  );
  expect(made.errors).toEqual([]);
  const template = { name: '月月抽奖', state: 'ACTIVE', timetable: { drawDay: 1, madeDaysBefore: 5 } };
  expect(made.data.createLotteryTemplate).toMatchObject({ ...template, terms: { freeTickets: 1 } });
  const { id } = made.data.createLotteryTemplate;

  const pause = `mutation ($key: String!, $id: Id!) {
    pauseLotteryTemplate(key: $key, templateId: $id, paused: true) { ${view} ... on Refusal { code } } }`;
  expect((await admin(pause, { key: newId(), id }, stranger)).data.pauseLotteryTemplate).toEqual({
    code: 'TEMPLATE_UNKNOWN',
  });
  expect((await admin(pause, { key: newId(), id })).data.pauseLotteryTemplate).toMatchObject({ state: 'PAUSED' });
  const list = 'query ($p: Id!) { lotteryTemplates(programmeId: $p) { nodes { id state } } }';
  expect((await admin(list, { p: programmeId })).data.lotteryTemplates.nodes).toEqual([{ id, state: 'PAUSED' }]);
  expect((await admin(list, { p: programmeId }, stranger)).data.lotteryTemplates.nodes).toEqual([]);
});

test('a member sees open lotteries with their prizes and her tickets, buys some, and never sees a draft', async () => {
  const { create, member, opened } = await aScene();
  const draft = await create();
  const id = await opened();
  await prepareLotteries(deps);

  const buy = `mutation ($key: String!, $id: Id!, $count: Int!) { buyTickets(key: $key, lotteryId: $id, count: $count) {
    ... on Lottery { ownTicketCount { all bought left } } ... on Refusal { code message } } }`;
  expect((await member(buy, { key: newId(), id, count: 2 })).data.buyTickets).toEqual({
    ownTicketCount: { all: 3, bought: 2, left: 3 },
  });
  expect((await member(buy, { key: newId(), id, count: 4 })).data.buyTickets).toEqual({
    code: 'TICKET_LIMIT_REACHED',
    message: '超出每人上限，您最多还可购买 3 张。',
  });
  const seen = await member(`{ lotteries { nodes { id name state programmeName ticketPrice root ticketCount
    prizes { name points offer { id } } parties { name } ownTickets { nodes { source tickets leftOut } } } } }`);
  expect(seen.errors).toEqual([]);
  expect(seen.data.lotteries.nodes).toMatchObject([
    {
      id,
      state: 'OPEN',
      programmeName: '幸福账户',
      root: null,
      prizes: [{ name: '一等奖', points: 100, offer: null }],
      ownTickets: {
        nodes: [
          { source: 'FREE', tickets: 1 },
          { source: 'BOUGHT', tickets: 2 },
        ],
      },
    },
  ]);
  expect((await member('query ($id: Id!) { lottery(id: $id) { id } }', { id: draft.id })).data.lottery).toBeNull();
});

test('a list costs no more statements with more lotteries in it', async () => {
  const { opened, member } = await aScene();
  await opened();
  const list = `{ lotteries { nodes { id programmeName prizes { name offer { title } } parties { name }
    ownTicketCount { left } ownTickets(first: 5) { nodes { tickets } } } } }`;
  await member(list); // Who asks is remembered from then on.
  const one = await countQueries(deps.db, () => member(list));
  for (let i = 0; i < 3; i++) await opened();
  expect(await countQueries(deps.db, () => member(list))).toBe(one);
});

test('a party sees its part, commits once while the lottery is open, and nobody commits for another', async () => {
  const { admin, clerk, stranger, create } = await aScene();
  const elsewhere = await aUnion(deps, '第三个工会');
  const third = await anAdmin(deps, 'third', [[elsewhere, 'auditor']]);
  const parties = [clerk, stranger, third].map(({ operatorId }, i) => ({ name: `第${i + 1}方`, operatorId }));
  const { id } = await create({ terms: { ...TERMS, entropy: 'REVEALS', parties } });
  const commit = `mutation ($key: String!, $id: Id!, $commitment: String!) {
    commitEntropy(key: $key, lotteryId: $id, commitment: $commitment) {
      ... on LotteryPart { lotteryId drawNumber party { name commitment } } ... on Refusal { code } } }`;
  const give = async (commitment: string, who = stranger) =>
    (await admin(commit, { key: newId(), id, commitment }, who)).data.commitEntropy;
  const own = createHash('sha256').update(randomBytes(32)).digest('hex');

  expect(await give(own)).toEqual({ code: 'COMMITMENTS_CLOSED' });
  const open = `mutation ($key: String!, $id: Id!) { openLottery(key: $key, lotteryId: $id) { ${STATE} } }`;
  expect((await admin(open, { key: newId(), id })).data.openLottery).toMatchObject({ state: 'OPEN' });
  expect(await give('不是')).toEqual({ code: 'COMMITMENT_MALFORMED' });
  const part = { lotteryId: id, drawNumber: 1, party: { name: '第2方', commitment: own } };
  expect(await give(own)).toEqual(part);
  expect(await give('a'.repeat(64))).toEqual({ code: 'COMMITMENT_MADE' });
  expect(await give(own, third)).toEqual({ code: 'COMMITMENT_COPIED' });
  const outsider = await anAdmin(deps, 'outsider', [[elsewhere, 'auditor']]);
  expect(await give('a'.repeat(64), outsider)).toEqual({ code: 'LOTTERY_UNKNOWN' });

  const list = '{ ownLotteryParts { nodes { lotteryId drawNumber programmeName party { name commitment } } } }';
  expect((await admin(list, {}, stranger)).data.ownLotteryParts.nodes).toEqual([
    { ...part, programmeName: '幸福账户' },
  ]);
  expect((await admin(list, {}, outsider)).data.ownLotteryParts.nodes).toEqual([]);
});
