import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { accrue } from '../../src/rules/accrue.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { countQueries } from '../support/count-queries.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { aProgramme } from '../support/ledger.ts';
import { aWorld, DEGREE, fixed } from './world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(await testDeps());
});
afterAll(() => api.close());

/** An admin of a union's programmes; resolves with an access token. */
async function anOperator(deps: TestDeps, unionId: string): Promise<string> {
  const id = newId();
  const operator = [id, 'admin', id, '管理员', 'none', deps.clock.now()];
  await deps.db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?)', [operator]);
  const role = [id, unionId, 'programme-admin'];
  await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [role]);
  return tokenFor(deps, 'admin', id);
}

/** The world of the floor with its admin signed in at the admin door. */
async function signedIn() {
  const world = await aWorld({ memberCount: 30 });
  const { deps, unionId, memberIds } = world;
  const adminToken = await anOperator(deps, unionId);
  const memberToken = await tokenFor(deps, 'member', memberIds[0]!);
  const admin = async (query: string, variables = {}) => {
    const answer = await api.ask('admin', query, { variables, token: adminToken });
    expect(answer.errors).toEqual([]);
    return answer.data;
  };
  const member = async (query: string, language: 'zh' | 'en' = 'zh') => {
    const answer = await api.ask('member', query, { token: memberToken, language });
    expect(answer.errors).toEqual([]);
    return answer.data;
  };
  return { ...world, admin, member };
}

const RECORD = `mutation ($key: String!, $programmeId: Id!, $events: [ActivityEventInput!]!) {
  recordEvents(key: $key, programmeId: $programmeId, events: $events) {
    ... on Recording { recorded repeated eventIds }
    ... on EventsRefused { code problems { code at } }
    ... on Refusal { code at } } }`;

test('an admin records events, sees what they earned, and is told of each bad one', async () => {
  const { deps, admin, publish, declare, memberIds, programmeId, count } = await signedIn();
  await declare('degree', [
    { name: '学历层次', kind: 'choice', required: true, choices: ['大专', '本科', '硕士', '博士'] },
    { name: '毕业', kind: 'day', required: false },
    { name: '年限', kind: 'number', required: false },
  ]);
  await publish('学历提升', 'degree', DEGREE);
  const attributes = [
    { name: '学历层次', text: '本科' },
    { name: '毕业', day: '2026-07-01' },
    { name: '年限', number: 4 },
  ];
  const event = { memberId: memberIds[0], type: 'degree', attributes, occurredOn: '2026-07-01' };
  const events = [event, event, { ...event, memberId: null, staffNumber: 'S1' }];
  const { recordEvents } = await admin(RECORD, { key: newId(), programmeId, events });
  expect(recordEvents).toMatchObject({ recorded: 2, repeated: 1 });
  await accrue(deps, recordEvents.eventIds);
  const { activityEvent } = await admin(`{ activityEvent(id: "${recordEvents.eventIds[0]}") {
    type state points recordedBy member { id } attributes { name text number day }
    accruals { points ruleVersion { ruleName number inWords } } } }`);
  expect(activityEvent).toMatchObject({
    type: 'degree',
    state: 'PAID',
    points: 2000,
    member: { id: memberIds[0] },
    attributes: [
      { name: '学历层次', text: '本科', number: null, day: null },
      { name: '毕业', text: '2026-07-01', number: null, day: '2026-07-01' },
      { name: '年限', text: '4', number: 4, day: null },
    ],
    accruals: [{ points: 2000, ruleVersion: { ruleName: '学历提升', number: 1 } }],
  });

  const bad = [
    { ...event, occurredOn: '2026-08-04' },
    { ...event, type: 'dance' },
  ];
  expect((await admin(RECORD, { key: newId(), programmeId, events: bad })).recordEvents).toEqual({
    code: 'EVENTS_REFUSED',
    problems: [
      { code: 'DAY_IN_FUTURE', at: ['events.0.occurredOn'] },
      { code: 'EVENT_TYPE_UNKNOWN', at: ['events.1.type'] },
    ],
  });
  for (const attribute of [{ name: 'a' }, { name: 'a', text: 'x', number: 1 }]) {
    const one = { ...event, attributes: [...attributes, attribute] };
    const refused = await admin(RECORD, { key: newId(), programmeId, events: [one] });
    expect(refused.recordEvents).toEqual({ code: 'ATTRIBUTE_MALFORMED', at: 'events.0.attributes.3' });
  }
  expect(await count('activity_event')).toBe(2);
});

test('events are listed by member and state, newest first, page by page, and not to an admin of another branch', async () => {
  const { deps, admin, publish, memberIds, programmeId, event, earn } = await signedIn();
  await publish('荣誉', 'honour', fixed(10, { kind: 'ever' }));
  const days = ['2026-01-01', '2026-02-01', '2026-03-01'];
  const ids = await earn(...days.map((occurredOn) => event(memberIds[0]!, 'honour', { occurredOn })));
  await earn(event(memberIds[1]!, 'honour'));
  const list = async (filter: string) => {
    const data = await admin(`{ activityEvents(programmeId: "${programmeId}", ${filter}) {
      nodes { id } pageInfo { hasNextPage endCursor } } }`);
    return data.activityEvents;
  };
  const first = await list(`memberId: "${memberIds[0]}", first: 2`);
  expect(first).toEqual({
    nodes: [{ id: ids[2] }, { id: ids[1] }],
    pageInfo: { hasNextPage: true, endCursor: ids[1] },
  });
  expect((await list(`memberId: "${memberIds[0]}", after: "${ids[1]}"`)).nodes).toEqual([{ id: ids[0] }]);
  expect((await list('state: REPEATED')).nodes).toEqual([{ id: ids[2] }, { id: ids[1] }]);
  expect((await list('state: null, after: null')).nodes).toHaveLength(4);

  const elsewhere = await aProgramme(deps);
  const token = await anOperator(deps, elsewhere.unionId);
  const { data } = await api.ask(
    'admin',
    `{ activityEvent(id: "${ids[0]}") { id }
    activityEvents(programmeId: "${programmeId}") { nodes { id } } rules(programmeId: "${programmeId}") { nodes { id } } }`,
    { token },
  );
  expect(data).toEqual({ activityEvent: null, activityEvents: { nodes: [] }, rules: { nodes: [] } });
});

test('the budget of a programme is set and answers with the programme', async () => {
  const { deps, admin, programmeId } = await signedIn();
  const set = (
    budget: number,
  ) => `mutation { setProgrammeBudget(key: "${newId()}", programmeId: "${programmeId}", budget: ${budget}) {
    ... on Programme { id } ... on Refusal { code } } }`;
  expect((await admin(set(7))).setProgrammeBudget).toEqual({ id: programmeId });
  expect(await deps.db.query('SELECT budget FROM programme_budget')).toEqual([{ budget: 7 }]);
  expect((await admin(set(-1))).setProgrammeBudget).toEqual({ code: 'BUDGET_BELOW_ISSUED' });
  expect((await admin(set(9))).setProgrammeBudget).toEqual({ id: programmeId });
  const [last] = await deps.db.query(
    "SELECT value_before, value_after FROM audit_record WHERE action = 'setProgrammeBudget' ORDER BY number DESC LIMIT 1",
  );
  expect(last).toEqual({ value_before: '{"budget":7}', value_after: '{"budget":9}' });
});

test('a member sees at a glance what earns points, in plain words, and what was earned by which rule', async () => {
  const { member, publish, publishNext, memberIds, event, earn } = await signedIn();
  const ruleId = await publish('荣誉', 'honour', fixed(1000));
  await publish('学历提升', 'degree', DEGREE);
  await earn(event(memberIds[0]!, 'honour'), event(memberIds[1]!, 'honour'));
  await publishNext(ruleId, fixed(1200));
  expect((await member('{ rules { nodes { title lines } } }')).rules.nodes).toEqual([
    { title: '荣誉', lines: ['1200 分', '每次都计'] },
    {
      title: '学历提升',
      lines: ['大专 2000 分', '本科 2000 分', '硕士 2000 分', '博士 2000 分', '每个学历层次一次'],
    },
  ]);
  expect((await member('{ rules(first: 1) { nodes { lines } } }', 'en')).rules.nodes).toEqual([
    { lines: ['1,200 points', 'every time'] },
  ]);
  expect((await member('{ activityEvents { nodes { title state points occurredOn } } }')).activityEvents.nodes).toEqual(
    [{ title: '荣誉表彰', state: 'PAID', points: 1000, occurredOn: '2026-08-03' }],
  );
  const { accounts } = await member('{ accounts { statement { nodes { points rule { ruleName number inWords } } } } }');
  expect(accounts[0].statement.nodes).toEqual([
    { points: 1000, rule: { ruleName: '荣誉', number: 1, inWords: '荣誉：1000 分；每次都计。' } },
  ]);
});

test('lists take as many statements for thirty rows as for two', async () => {
  const { deps, admin, member, publish, memberIds, programmeId, event, earn } = await signedIn();
  for (let i = 0; i < 30; i++) await publish(`荣誉${i}`, 'honour', fixed(i + 1));
  const days = Array.from({ length: 30 }, (_, i) => `2026-06-${String(i + 1).padStart(2, '0')}`);
  await earn(...days.map((occurredOn) => event(memberIds[0]!, 'honour', { occurredOn })));
  const statements = async (ask: (first: number) => Promise<unknown>) => [
    await countQueries(deps.db, () => ask(2)),
    await countQueries(deps.db, () => ask(30)),
  ];
  for (const ask of [
    (first: number) =>
      admin(`{ rules(programmeId: "${programmeId}", first: ${first}) { nodes { current { inWords } } } }`),
    (first: number) =>
      admin(`{ activityEvents(programmeId: "${programmeId}", first: ${first}) {
        nodes { points member { name } accruals { ruleVersion { ruleName } } } } }`),
    (first: number) => member(`{ activityEvents(first: ${first}) { nodes { title points } } }`),
    (first: number) => member(`{ rules(first: ${first}) { nodes { title lines } } }`),
    (first: number) => member(`{ accounts { statement(first: ${first}) { nodes { rule { inWords } } } } }`),
  ]) {
    // Who the caller is, is read once and remembered for a while.
    await ask(1);
    const [two, thirty] = await statements(ask);
    expect(thirty).toBe(two);
  }
});
