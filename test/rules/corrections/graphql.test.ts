import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { filesOf } from '../../evidence/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { testDeps } from '../../support/deps.ts';
import { aProgramme } from '../../support/ledger.ts';
import { accepted, DEGREE, fixed } from '../world.ts';
import { aCorrectableWorld } from './world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(await testDeps());
});
afterAll(() => api.close());

/** The world of corrections with two admins and a member signed in. */
async function signedIn() {
  const world = await aCorrectableWorld();
  const { deps, unionId, memberIds } = world;
  const operator = async (of = unionId) => {
    const { operatorId } = await world.anAdmin();
    await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [
      [operatorId, of, 'programme-admin'],
    ]);
    const token = await tokenFor(deps, 'admin', operatorId);
    const files = (count: number) => filesOf(deps, `operator:${operatorId}`, count);
    const ask = async (query: string, variables = {}) => {
      const answer = await api.ask('admin', query, { variables, token });
      expect(answer.errors).toEqual([]);
      return answer.data;
    };
    return { operatorId, ask, files };
  };
  const memberToken = await tokenFor(deps, 'member', memberIds[0]!);
  const member = async (query: string, language: 'zh' | 'en' = 'zh') => {
    const answer = await api.ask('member', query, { token: memberToken, language });
    expect(answer.errors).toEqual([]);
    return answer.data;
  };
  return { ...world, operator, member };
}

const REVOKE = `mutation ($key: String!, $eventId: Id!, $reason: String!) {
  revokeEvent(key: $key, eventId: $eventId, reason: $reason) {
    ... on ActivityEvent { id state revocation { reason revokedBy revokedAt } }
    ... on Refusal { code at } } }`;
const ADJUST = `mutation ($key: String!, $programmeId: Id!, $memberId: Id!, $points: Points!, $reason: String!, $evidenceIds: [Id!]!) {
  adjustPoints(key: $key, programmeId: $programmeId, memberId: $memberId, points: $points, reason: $reason, evidenceIds: $evidenceIds) {
    ... on Adjustment { id state points transferId evidence { id mediaType } }
    ... on Refusal { code at } } }`;

test('an admin revokes an event, and both doors show how it was taken back', async () => {
  const { memberIds, publish, event, earn, settle, operator, member } = await signedIn();
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId, other] = (await earn(
    event(memberIds[0]!, 'honour'),
    event(memberIds[0]!, 'honour', { occurredOn: '2026-07-01' }),
  )) as [string, string];
  const admin = await operator();
  const { revokeEvent } = await admin.ask(REVOKE, { key: newId(), eventId, reason: '材料有误' });
  const revokedAt = '2026-08-03T02:00:00.000Z';
  expect(revokeEvent).toEqual({
    id: eventId,
    state: 'REVOKED',
    revocation: { reason: '材料有误', revokedBy: `operator:${admin.operatorId}`, revokedAt },
  });
  await settle();
  expect(
    (await member('{ activityEvents { nodes { id revocation { reason revokedAt } } } }')).activityEvents.nodes,
  ).toEqual(
    [other, eventId]
      .sort()
      .reverse()
      .map((id) => ({ id, revocation: id === eventId ? { reason: '材料有误', revokedAt } : null })),
  );
  expect((await admin.ask(REVOKE, { key: newId(), eventId, reason: '材料有误' })).revokeEvent).toEqual({
    code: 'EVENT_REVOKED',
    at: 'eventId',
  });
});

test('every line of the statement that corrects something says why, at both doors', async () => {
  const { programmeId, memberIds, publish, event, earn, spend, operator, member } = await signedIn();
  const [ann] = memberIds as [string];
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(ann, 'honour'))) as [string];
  accepted(await spend(ann, 300));
  const admin = await operator();
  await admin.ask(REVOKE, { key: newId(), eventId, reason: '材料有误' });
  const asked = { programmeId, memberId: ann, reason: '补录先进班组', evidenceIds: await admin.files(1) };
  await admin.ask(ADJUST, { key: newId(), ...asked, points: 400 });
  const lines = [
    { kind: 'REPAYMENT', points: -300, reason: '补录先进班组', rule: null },
    { kind: 'ADJUSTMENT', points: 400, reason: '补录先进班组', rule: null },
    { kind: 'REVERSAL', points: -1000, reason: '材料有误', rule: { ruleName: '分会荣誉' } },
    { kind: 'OWING', points: 300, reason: '材料有误', rule: null },
    { kind: 'REDEMPTION', points: -300, reason: null, rule: null },
    { kind: 'ACCRUAL', points: 1000, reason: null, rule: { ruleName: '分会荣誉' } },
  ];
  const { accounts } = await member('{ accounts { statement { nodes { kind points reason rule { ruleName } } } } }');
  expect(accounts[0].statement.nodes).toEqual(lines);
  const { memberAccounts } = await admin.ask(
    `{ memberAccounts(memberId: "${ann}") { statement { nodes { kind points reason rule { ruleName } } } } }`,
  );
  expect(memberAccounts[0].statement.nodes).toEqual(lines);
});

test('an adjustment that waits is listed with its document, confirmed by a second admin and declined by one', async () => {
  const { programmeId, memberIds, operator, balance } = await signedIn();
  const [ann] = memberIds as [string];
  const [clerk, second] = [await operator(), await operator()];
  const ask = async (points: number) => {
    const evidenceIds = await clerk.files(1);
    const input = { programmeId, memberId: ann, points, reason: '补录先进班组', evidenceIds };
    return { evidenceIds, ...(await clerk.ask(ADJUST, { key: newId(), ...input })).adjustPoints };
  };
  const first = await ask(2000);
  expect(first).toMatchObject({
    state: 'WAITING',
    points: 2000,
    transferId: null,
    evidence: [{ id: first.evidenceIds[0], mediaType: 'image/png' }],
  });
  const other = await ask(900);
  const decide = (name: string, id: string, rest = '') =>
    `mutation { ${name}(key: "${newId()}", adjustmentId: "${id}"${rest}) {
      ... on Adjustment { state decidedBy declineReason } ... on Refusal { code at } } }`;
  expect((await clerk.ask(decide('confirmAdjustment', first.id))).confirmAdjustment).toEqual({
    code: 'SECOND_PERSON_NEEDED',
    at: 'adjustmentId',
  });
  const decidedBy = `operator:${second.operatorId}`;
  expect((await second.ask(decide('confirmAdjustment', first.id))).confirmAdjustment).toEqual({
    state: 'POSTED',
    decidedBy,
    declineReason: null,
  });
  const declined = await second.ask(decide('declineAdjustment', other.id, ', reason: "依据不足"'));
  expect(declined.declineAdjustment).toEqual({ state: 'DECLINED', decidedBy, declineReason: '依据不足' });
  expect(await balance(ann)).toBe(2000);

  const waiting = await ask(700);
  const list = async (filter: string) =>
    (
      await second.ask(
        `{ adjustments(programmeId: "${programmeId}"${filter}) { nodes { id member { id } requestedBy } pageInfo { hasNextPage } } }`,
      )
    ).adjustments;
  expect(await list(', state: WAITING')).toEqual({
    nodes: [{ id: waiting.id, member: { id: ann }, requestedBy: `operator:${clerk.operatorId}` }],
    pageInfo: { hasNextPage: false },
  });
  const all = await list(', first: 2');
  expect(all.nodes.map((one: { id: string }) => one.id)).toEqual([waiting.id, other.id]);
  expect((await list(`, after: "${other.id}"`)).nodes).toMatchObject([{ id: first.id }]);
});

test('what is pending stands apart from the balance, with its rule, its day and its event', async () => {
  const { deps, programmeId, memberIds, publish, event, earn, revoke, operator, member } = await signedIn();
  const [ann, bob] = memberIds as [string, string];
  await publish('公示荣誉', 'honour', { ...fixed(1000), noticeDays: 5 });
  await publish('学历提升', 'degree', DEGREE);
  const [eventId] = (await earn(event(ann, 'honour'))) as [string];
  const [later] = (await earn(event(ann, 'honour', { occurredOn: '2026-07-01' }))) as [string];
  await earn(event(ann, 'degree', { attributes: { 学历层次: '本科' } }), event(bob, 'honour'));
  const admin = await operator();
  const pending = async () => {
    const { accounts, pendingPoints } = await member(`{ accounts { balance pending }
      pendingPoints { nodes { programmeId points payableOn rule { ruleName inWords } event { id occurredOn } } } }`);
    const { memberAccounts } = await admin.ask(`{ memberAccounts(memberId: "${ann}") { balance pending } }`);
    expect(memberAccounts).toEqual(accounts);
    return { accounts, nodes: pendingPoints.nodes };
  };
  const { accounts, nodes } = await pending();
  expect(accounts).toEqual([{ balance: 2000, pending: 2000 }]);
  expect(nodes).toHaveLength(2);
  expect(nodes[0]).toMatchObject({
    programmeId,
    points: 1000,
    payableOn: '2026-08-08',
    rule: { ruleName: '公示荣誉' },
    event: { id: eventId, occurredOn: '2026-08-03' },
  });
  const page = 'nodes { event { id } } pageInfo { hasNextPage endCursor }';
  const first = (await member(`{ pendingPoints(first: 1) { ${page} } }`)).pendingPoints;
  expect(first).toMatchObject({ nodes: [{ event: { id: eventId } }], pageInfo: { hasNextPage: true } });
  const rest = await member(`{ pendingPoints(after: "${first.pageInfo.endCursor}") { ${page} } }`);
  expect(rest.pendingPoints).toMatchObject({ nodes: [{ event: { id: later } }], pageInfo: { hasNextPage: false } });

  await revoke(eventId);
  const after = await pending();
  expect(after.accounts).toEqual([{ balance: 2000, pending: 1000 }]);
  expect(after.nodes).toMatchObject([{ event: { id: later } }]);
  await expect(deps).toHaveCoherentLedger();
});

test('a policy is laid down and shown', async () => {
  const { programmeId, operator } = await signedIn();
  const admin = await operator();
  const terms = '{ overspent adjustmentLimit claimDueDays secondPublisher }';
  const show = async () =>
    (await admin.ask(`{ programmePolicy(programmeId: "${programmeId}") ${terms} }`)).programmePolicy;
  const set = async (fields: string) =>
    (
      await admin.ask(`mutation { setProgrammePolicy(key: "${newId()}", programmeId: "${programmeId}", ${fields}) {
      ... on ProgrammePolicy ${terms} ... on Refusal { code at } } }`)
    ).setProgrammePolicy;
  const defaults = { overspent: 'OWE', adjustmentLimit: 500, claimDueDays: 5, secondPublisher: false };
  expect(await show()).toEqual(defaults);
  const changed = { ...defaults, overspent: 'WRITE_OFF', adjustmentLimit: 0 };
  expect(await set('overspent: WRITE_OFF, adjustmentLimit: 0, claimDueDays: null')).toEqual(changed);
  expect(await show()).toEqual(changed);
  expect(await set('claimDueDays: 61')).toEqual({ code: 'TERM_OUT_OF_RANGE', at: 'claimDueDays' });
});

test('an admin of another branch sees no policy and no adjustments, and takes nothing back', async () => {
  const { deps, programmeId, memberIds, publish, event, earn, operator, balance } = await signedIn();
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(memberIds[0]!, 'honour'))) as [string];
  const elsewhere = await aProgramme(deps);
  const stranger = await operator(elsewhere.unionId);
  expect(
    await stranger.ask(`{ programmePolicy(programmeId: "${programmeId}") { claimDueDays }
      adjustments(programmeId: "${programmeId}") { nodes { id } } }`),
  ).toEqual({ programmePolicy: null, adjustments: { nodes: [] } });
  const { revokeEvent } = await stranger.ask(REVOKE, { key: newId(), eventId, reason: '材料有误' });
  expect(revokeEvent).toMatchObject({ code: 'EVENT_UNKNOWN' });
  expect(await balance(memberIds[0]!)).toBe(1000);
});

test('lists take as many statements for twenty rows as for two', async () => {
  const { deps, programmeId, memberIds, publish, event, earn, revoke, operator, member } = await signedIn();
  const [ann, bob] = memberIds as [string, string];
  await publish('公示荣誉', 'honour', { ...fixed(10), noticeDays: 5 });
  await publish('抢险', 'dedication', fixed(10));
  const days = Array.from({ length: 20 }, (_, i) => `2026-06-${String(i + 1).padStart(2, '0')}`);
  await earn(...days.map((occurredOn) => event(ann, 'honour', { occurredOn })));
  for (const id of await earn(
    ...days.map((occurredOn) => event(ann, 'dedication', { attributes: { 事项: '抢险' }, occurredOn })),
  )) {
    await revoke(id);
  }
  const admin = await operator();
  for (const evidenceId of await admin.files(20)) {
    const asked = { programmeId, memberId: bob, points: 600, reason: '补录', evidenceIds: [evidenceId] };
    await admin.ask(ADJUST, { key: newId(), ...asked });
  }
  for (const ask of [
    (first: number) =>
      admin.ask(
        `{ adjustments(programmeId: "${programmeId}", first: ${first}) { nodes { member { name } evidence { url } } } }`,
      ),
    (first: number) =>
      admin.ask(
        `{ activityEvents(programmeId: "${programmeId}", first: ${first}) { nodes { revocation { reason } } } }`,
      ),
    (first: number) =>
      admin.ask(
        `{ memberAccounts(memberId: "${ann}") { pending statement(first: ${first}) { nodes { reason rule { inWords } } } } }`,
      ),
    (first: number) => member(`{ activityEvents(first: ${first}) { nodes { revocation { reason } } } }`),
    (first: number) => member(`{ pendingPoints(first: ${first}) { nodes { rule { inWords } event { title } } } }`),
    (first: number) => member(`{ accounts { pending statement(first: ${first}) { nodes { reason } } } }`),
  ]) {
    // Who the caller is, is read once and remembered for a while.
    await ask(1);
    const two = await countQueries(deps.db, () => ask(2));
    expect(await countQueries(deps.db, () => ask(20))).toBe(two);
  }
});
