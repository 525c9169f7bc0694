import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { filesOf } from '../evidence/world.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { codes } from '../support/client.ts';
import { countQueries } from '../support/count-queries.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { everyPage } from '../unions/tree.ts';
import { aDecider, aNoticeWorld, LINES } from './world.ts';

let api: TestApi;
let apiDeps: TestDeps;
beforeAll(async () => {
  apiDeps = await testDeps();
  api = await startApi(apiDeps);
});
afterAll(() => api.close());

/** The world of notices with its people signed in, and an admin of the other city. */
async function signedIn() {
  const world = await aNoticeWorld();
  const { deps, west, ann, bob, winner, stranger, admin } = world;
  const callers = {
    ann: ['member', ann],
    bob: ['member', bob],
    winner: ['member', winner],
    stranger: ['member', stranger],
    admin: ['admin', admin.operatorId!],
    foreigner: ['admin', (await aDecider(deps, west)).operatorId!],
  } as const;
  /** Asks a door as somebody who has just signed in, at the time of the test. */
  const ask = async (who: keyof typeof callers, query: string, variables = {}) => {
    const [door, subjectId] = callers[who];
    apiDeps.clock.set(deps.clock.now().toISOString());
    const answer = await api.ask(door, query, { variables, token: await tokenFor(deps, door, subjectId) });
    expect(answer.errors).toEqual([]);
    return answer.data;
  };
  return { ...world, ask };
}

const FILE = `mutation ($key: String!, $noticeId: Id!, $lineNumber: Int, $text: String!, $evidenceIds: [Id!]!) {
  fileObjection(key: $key, noticeId: $noticeId, lineNumber: $lineNumber, text: $text, evidenceIds: $evidenceIds) {
    ... on Objection { id state dueOn isMine line { number label isMine } } ... on Refusal { code message at } } }`;
const DECIDE = `mutation ($key: String!, $objectionId: Id!, $decision: ObjectionDecision!, $reason: String!) {
  decideObjection(key: $key, objectionId: $objectionId, decision: $decision, reason: $reason) {
    ... on Objection { state reason decidedBy settledAt } ... on Refusal { code at } } }`;
const SEEN = `query ($id: Id!) { notice(id: $id) { kind title version state lastDay closesAt takesObjections unionName
  lineCount lines { nodes { number label detail isMine } } waitingObjections unansweredObjections
  objections { nodes { id isMine objector text state reason answeredBy line { number } evidence { id url } } }
  versions { id version state } } }`;
const ADMINS = `query ($id: Id!) { notice(id: $id) { state publishedBy calendarKnown union { name } waitingObjections
  lines { nodes { label member { name } } }
  objections { nodes { id noticeTitle text member { name } line { number label } state decidedBy evidence { id } } } } }`;

test('a member reads a notice and objects, an admin upholds it, and all read why and that a new version answers it', async () => {
  const { deps, ann, admin, publish, publishNext, ask } = await signedIn();
  const id = await publish();
  const { notice } = await ask('winner', SEEN, { id });
  expect(notice).toEqual({
    ...{ kind: 'LOTTERY', title: '八月抽奖结果', version: 1, state: 'OPEN', unionName: '东市总工会', lineCount: 3 },
    ...{ lastDay: '2026-08-10', closesAt: '2026-08-10T16:00:00.000Z', takesObjections: true },
    lines: {
      nodes: LINES.map((label, i) => ({ number: i + 1, label, detail: '二等奖｜500 积分', isMine: i === 2 })),
    },
    ...{ waitingObjections: 0, unansweredObjections: 0, objections: { nodes: [] } },
    versions: [{ id, version: 1, state: 'OPEN' }],
  });
  const evidenceIds = await filesOf(deps, `member:${ann}`, 1);
  const said = { key: newId(), noticeId: id, lineNumber: 3, text: '他已调往外省', evidenceIds };
  const { fileObjection } = await ask('ann', FILE, said);
  expect(fileObjection).toEqual({
    ...{ id: fileObjection.id, state: 'WAITING', dueOn: '2026-08-06', isMine: true },
    line: { number: 3, label: LINES[2], isMine: false },
  });
  const decided = { key: newId(), objectionId: fileObjection.id, decision: 'UPHELD', reason: '名单有误，将更正' };
  expect((await ask('admin', DECIDE, decided)).decideObjection).toEqual({
    ...{ state: 'UPHELD', reason: '名单有误，将更正', decidedBy: admin.actor },
    settledAt: deps.clock.now().toISOString(),
  });
  expect((await ask('bob', SEEN, { id })).notice).toMatchObject({ waitingObjections: 0, unansweredObjections: 1 });
  const next = await publishNext(id);
  const { notice: before } = await ask('ann', SEEN, { id });
  expect(before).toMatchObject({ state: 'SUPERSEDED', takesObjections: false, unansweredObjections: 0 });
  expect(before.versions).toEqual([
    { id: next, version: 2, state: 'OPEN' },
    { id, version: 1, state: 'SUPERSEDED' },
  ]);
  expect(before.objections.nodes).toMatchObject([
    { isMine: true, text: '他已调往外省', state: 'UPHELD', reason: '名单有误，将更正', answeredBy: next },
  ]);
});

test('of others’ objections a member sees masked names and decisions, not their words, files or what they took back', async () => {
  const { deps, ann, bob, publish, file, decide, takeBack, ask } = await signedIn();
  const id = await publish();
  const [evidenceId] = await filesOf(deps, `member:${ann}`, 1);
  const hers = await file(ann, id, { lineNumber: 2, text: '她的话', evidenceIds: [evidenceId!] });
  const back = await file(ann, id, { lineNumber: 1, text: '收回的话' });
  await takeBack(ann, back);
  const his = await file(bob, id, { lineNumber: null, text: '他的话' });
  await decide(hers, 'rejected');
  const shown = async (who: 'ann' | 'bob') => (await ask(who, SEEN, { id })).notice.objections.nodes;
  const ofOthers = { isMine: false, text: null, evidence: [] };
  expect(await shown('bob')).toEqual([
    {
      ...{ ...ofOthers, id: hers, objector: '赵*', state: 'REJECTED', reason: '经核实情况属实' },
      ...{ answeredBy: null, line: { number: 2 } },
    },
    {
      ...{ id: his, isMine: true, objector: '钱*', text: '他的话', state: 'WAITING', reason: null },
      ...{ answeredBy: null, line: null, evidence: [] },
    },
  ]);
  expect(await shown('ann')).toMatchObject([
    {
      id: hers,
      isMine: true,
      text: '她的话',
      evidence: [{ id: evidenceId, url: expect.stringContaining(evidenceId!) }],
    },
    { id: back, isMine: true, text: '收回的话', state: 'WITHDRAWN' },
    { ...ofOthers, id: his, objector: '钱*', state: 'WAITING' },
  ]);
  const { notice } = await ask('admin', ADMINS, { id });
  expect(notice).toMatchObject({
    ...{ state: 'OPEN', publishedBy: 'system:lotteries', calendarKnown: true, waitingObjections: 1 },
    ...{ union: { name: '东市总工会' }, lines: { nodes: [{ member: null }, {}, { member: { name: '王小明' } }] } },
  });
  expect(notice.objections.nodes).toMatchObject([
    { id: hers, text: '她的话', member: { name: '赵安' }, line: { number: 2 }, evidence: [{ id: evidenceId }] },
    { id: back, state: 'WITHDRAWN' },
    { id: his, text: '他的话', member: { name: '钱波' }, line: null, noticeTitle: '八月抽奖结果' },
  ]);
});

test('a notice shows itself to the members and admins of its branch, to nobody else', async () => {
  const { province, west, publish, file, bob, ask } = await signedIn();
  const id = await publish();
  const objectionId = await file(bob, id);
  const [ofProvince, ofWest] = [await publish({ unionId: province }), await publish({ unionId: west })];
  const seen = async (who: Parameters<typeof ask>[0]) => {
    const { notices, notice } = await ask(who, `{ notices { nodes { id } } notice(id: "${id}") { id } }`);
    return [notices.nodes.map((one: { id: string }) => one.id), notice];
  };
  expect(await seen('ann')).toEqual([[ofProvince, id], { id }]);
  expect(await seen('stranger')).toEqual([[ofWest, ofProvince], null]);
  expect(await seen('admin')).toEqual([[id], { id }]);
  expect(await seen('foreigner')).toEqual([[ofWest], null]);
  const said = { key: newId(), noticeId: id, text: '不服', evidenceIds: [] };
  expect((await ask('stranger', FILE, said)).fileObjection).toMatchObject({ code: 'NOTICE_UNKNOWN', at: 'noticeId' });
  const decided = { key: newId(), objectionId, decision: 'REJECTED', reason: '无' };
  expect((await ask('foreigner', DECIDE, decided)).decideObjection).toMatchObject({ code: 'OBJECTION_UNKNOWN' });
  const withdraw = `mutation ($key: String!) { withdrawObjection(key: $key, objectionId: "${objectionId}") {
    ... on Objection { state } ... on Refusal { code } } }`;
  expect((await ask('ann', withdraw, { key: newId() })).withdrawObjection).toEqual({ code: 'OBJECTION_UNKNOWN' });
  expect((await ask('bob', withdraw, { key: newId() })).withdrawObjection).toEqual({ state: 'WITHDRAWN' });
});

test('a refusal tells the person in her language what was wrong', async () => {
  const { deps, ann, publish } = await signedIn();
  const noticeId = await publish();
  const variables = { key: newId(), noticeId, lineNumber: 9, text: '不服', evidenceIds: [] };
  const token = await tokenFor(deps, 'member', ann);
  const told = async (language: 'zh' | 'en', key: string) =>
    (await api.ask('member', FILE, { variables: { ...variables, key }, token, language })).data.fileObjection;
  expect(await told('zh', newId())).toMatchObject({
    code: 'LINE_UNKNOWN',
    message: expect.stringContaining('没有这一行'),
  });
  expect(await told('en', newId())).toMatchObject({
    at: 'lineNumber',
    message: expect.stringContaining('no such line'),
  });
});

test('a member’s token and an admin without the permission find no way to decide', async () => {
  const { deps, east, ann, publish, file, objection } = await signedIn();
  const id = await file(ann, await publish());
  const variables = { key: newId(), objectionId: id, decision: 'REJECTED', reason: '无' };
  const clerk = await aDecider(deps, east);
  await deps.db.query("UPDATE admin_role SET role = 'auditor' WHERE operator_id = ?", [clerk.operatorId]);
  const token = await tokenFor(deps, 'admin', clerk.operatorId!);
  expect(codes(await api.ask('admin', DECIDE, { variables, token }))).toEqual(['UNAUTHORIZED']);
  const list = await api.ask('admin', '{ waitingObjections { nodes { id } } }', { token });
  expect(list.data.waitingObjections.nodes).toEqual([{ id }]);
  const members = await tokenFor(deps, 'member', ann);
  expect(codes(await api.ask('admin', DECIDE, { variables, token: members }))).toEqual(['UNAUTHENTICATED']);
  expect((await objection(id)).state).toBe('waiting');
});

test('lists narrow by kind and state, and go on from page to page without a gap', async () => {
  const { province, publish, publishNext, callOff, ask } = await signedIn();
  const lotteries = [await publish(), await publish({ unionId: province }), await publish()];
  const ranking = await publish({ kind: 'ranking' });
  const next = await publishNext(lotteries[0]!);
  await callOff(ranking);
  const ids = async (who: 'ann' | 'admin', filter: string) =>
    (await ask(who, `{ notices${filter} { nodes { id } } }`)).notices.nodes.map((one: { id: string }) => one.id);
  expect(await ids('ann', '(kind: LOTTERY, state: OPEN)')).toEqual([next, lotteries[2], lotteries[1]]);
  expect(await ids('ann', '(state: WITHDRAWN)')).toEqual([ranking]);
  expect(await ids('ann', '(kind: STUDIO)')).toEqual([]);
  expect(await ids('admin', `(unionId: "${province}")`)).toEqual([]);
  const all = await everyPage((last?: string) => ids('ann', `(first: 2${last ? `, after: "${last}"` : ''})`));
  expect(all).toEqual([next, ranking, ...lotteries.toReversed()]);
});

test('lines and objections go on from page to page, also where a cursor is none of ours', async () => {
  const { ann, publish, file, ask } = await signedIn();
  const lines = Array.from({ length: 5 }, (_, i) => ({ label: `职工${i}`, detail: '', memberId: null }));
  const id = await publish({ lines });
  const objections: string[] = [];
  for (let lineNumber = 1; lineNumber <= 5; lineNumber++) objections.push(await file(ann, id, { lineNumber }));
  for (const who of ['bob', 'admin'] as const) {
    const page = async (list: string, field: string, after: string) => {
      const { notice } = await ask(
        who,
        `{ notice(id: "${id}") { list: ${list}(first: 2${after}) {
        nodes { is: ${field} } pageInfo { hasNextPage endCursor } } } }`,
      );
      return notice.list;
    };
    const whole = async (list: string, field: string) => {
      const seen: unknown[] = [];
      for (let after = ''; ; ) {
        const { nodes, pageInfo } = await page(list, field, after);
        seen.push(...nodes.map((one: { is: unknown }) => one.is));
        if (!pageInfo.hasNextPage) return seen;
        after = `, after: "${pageInfo.endCursor}"`;
      }
    };
    expect(await whole('lines', 'number')).toEqual([1, 2, 3, 4, 5]);
    expect(await whole('objections', 'id')).toEqual(objections);
    expect((await page('lines', 'number', ', after: "nothing"')).nodes).toEqual([]);
  }
});

test('the queue has what is due first at the top, page by page, shows what is overdue, and lets go of what is decided', async () => {
  const { deps, east, west, ann, bob, stranger, publish, file, decide, ask } = await signedIn();
  const [first, second] = [await publish(), await publish({ workingDays: 30 })];
  const elsewhere = await file(stranger, await publish({ unionId: west }));
  const ids = [await file(bob, first), await file(ann, second)];
  deps.clock.set('2026-08-05T02:00:00Z');
  ids.push(await file(bob, second), await file(ann, first));
  const list = async (filter = '', who: 'admin' | 'foreigner' = 'admin') =>
    (await ask(who, `{ waitingObjections${filter} { nodes { id isOverdue dueOn } pageInfo { endCursor } } }`))
      .waitingObjections;
  const idsOf = async (filter = '', who: 'admin' | 'foreigner' = 'admin') =>
    (await list(filter, who)).nodes.map((one: { id: string }) => one.id);
  expect(await idsOf()).toEqual(ids);
  expect(await idsOf('', 'foreigner')).toEqual([elsewhere]);
  expect(await idsOf(`(unionId: "${east}")`)).toEqual(ids);
  expect(await idsOf(`(unionId: "${west}")`)).toEqual([]);
  const { nodes, pageInfo } = await list('(first: 3)');
  expect(nodes[0]).toEqual({ id: ids[0], isOverdue: false, dueOn: '2026-08-06' });
  expect(await idsOf(`(after: "${pageInfo.endCursor}")`)).toEqual(ids.slice(3));
  expect(await idsOf('(after: "2026-13-01.nothing")')).toEqual([]);
  deps.clock.set('2026-08-07T02:00:00Z');
  expect(await idsOf('(overdue: true)')).toEqual(ids.slice(0, 2));
  await decide(ids[0]!, 'rejected');
  expect(await idsOf()).toEqual(ids.slice(1));
  expect((await list('(overdue: true)')).nodes).toMatchObject([{ id: ids[1], isOverdue: true }]);
});

test('lists take as many statements for ten notices as for two', async () => {
  const { deps, ann, bob, publish, file, ask } = await signedIn();
  for (let i = 0; i < 10; i++) {
    const id = await publish();
    const [evidenceId] = await filesOf(deps, `member:${ann}`, 1);
    await file(ann, id, { evidenceIds: [evidenceId!] });
    await file(bob, id, { lineNumber: 3 });
  }
  const member = `unionName takesObjections waitingObjections unansweredObjections versions { id }
    lines(first: 2) { nodes { label isMine } }
    objections(first: 2) { nodes { objector text isOverdue line { label } evidence { url } } }`;
  const admin = `union { name } waitingObjections unansweredObjections versions { id }
    lines(first: 3) { nodes { label member { name } } }
    objections(first: 2) { nodes { text member { name } noticeTitle line { member { name } } evidence { url } } }`;
  const queue = 'noticeTitle text isOverdue member { name union { name } } line { label } evidence { url }';
  for (const [who, list, fields] of [
    ['ann', 'notices', member],
    ['admin', 'notices', admin],
    ['admin', 'waitingObjections', queue],
  ] as const) {
    const read = (first: number) => ask(who, `{ ${list}(first: ${first}) { nodes { ${fields} } } }`);
    await read(1);
    const two = await countQueries(deps.db, () => read(2));
    expect(await countQueries(deps.db, () => read(10)), `${list} of ${who}`).toBe(two);
  }
});
