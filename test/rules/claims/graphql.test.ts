import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { remindOfClaims } from '../../../src/rules/claims/remind-of-claims.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { DEGREE, fixed } from '../world.ts';
import { aBranch, aClaimsWorld } from './world.ts';

let api: TestApi;
let apiDeps: TestDeps;
beforeAll(async () => {
  apiDeps = await testDeps();
  api = await startApi(apiDeps);
});
afterAll(() => api.close());

/** The world of claims with a member and two approvers, of the works and of a branch beside it, signed in. */
async function signedIn({ memberCount = 2 } = {}) {
  const world = await aClaimsWorld({ memberCount });
  const { deps, unionId, works, memberIds, anApprover } = world;
  const operator = await anApprover(works);
  const stranger = await anApprover(await aBranch(deps, `/${unionId}/`));
  const callers = {
    member: ['member', memberIds[0]!],
    other: ['member', memberIds[1]!],
    admin: ['admin', operator.operatorId],
    stranger: ['admin', stranger.operatorId],
  } as const;
  /** Asks a door as somebody who has just signed in, at the time of the test. */
  const ask = async (who: keyof typeof callers, query: string, variables = {}) => {
    const [door, subjectId] = callers[who];
    apiDeps.clock.set(deps.clock.now().toISOString());
    const answer = await api.ask(door, query, { variables, token: await tokenFor(deps, door, subjectId) });
    expect(answer.errors).toEqual([]);
    return answer.data;
  };
  return { ...world, operator, ask };
}

const SUBMIT = `mutation ($key: String!, $programmeId: Id!, $eventType: String!, $attributes: [AttributeInput!]!,
    $occurredOn: Day!, $note: String, $evidenceIds: [Id!]!) {
  submitClaim(key: $key, programmeId: $programmeId, eventType: $eventType, attributes: $attributes,
      occurredOn: $occurredOn, note: $note, evidenceIds: $evidenceIds) {
    ... on Claim { id state dueOn title approval } ... on Refusal { code at } } }`;
const RESUBMIT = `mutation ($key: String!, $claimId: Id!, $attributes: [AttributeInput!]!, $evidenceIds: [Id!]!) {
  resubmitClaim(key: $key, claimId: $claimId, attributes: $attributes, occurredOn: "2026-07-01",
      evidenceIds: $evidenceIds) { ... on Claim { id state } ... on Refusal { code at } } }`;
const OWN = `query ($id: Id!) { claim(id: $id) { state dueOn note attributes { name text number day }
  steps { number action reason takenAt } evidence { id fileName url } event { state points } } }`;
const SEEN = `query ($id: Id!) { claim(id: $id) { state isOverdue dueOn title note member { id }
  attributes { name text } steps { action actor reason } evidence { id url } event { state points recordedBy } } }`;

const LEVEL = [{ name: '学历层次', text: '本科' }];

test('a member claims with evidence, reads why it came back, mends it, and sees what it earned', async () => {
  const { deps, publish, programmeId, memberIds, operator, upload, pay, ask } = await signedIn();
  await publish('学历提升', 'degree', { ...DEGREE, evidence: true });
  const file = await upload(memberIds[0]!);
  const claim = { programmeId, eventType: 'degree', attributes: LEVEL, occurredOn: '2026-07-01', note: '自考' };
  const lacking = await ask('member', SUBMIT, { key: newId(), ...claim, evidenceIds: [] });
  expect(lacking.submitClaim).toEqual({ code: 'EVIDENCE_NEEDED', at: 'evidenceIds' });
  const { submitClaim } = await ask('member', SUBMIT, { key: newId(), ...claim, evidenceIds: [file] });
  const { id } = submitClaim;
  expect(submitClaim).toEqual({ id, state: 'SUBMITTED', dueOn: '2026-08-08', title: '学历提升', approval: 'BRANCH' });
  const seen = await ask('admin', SEEN, { id });
  expect(seen.claim).toMatchObject({
    ...{ state: 'SUBMITTED', isOverdue: false, dueOn: '2026-08-08', title: '学历提升', note: '自考' },
    ...{ member: { id: memberIds[0] }, attributes: [{ name: '学历层次', text: '本科' }], event: null },
    evidence: [{ id: file, url: expect.stringContaining(file) }],
  });
  const back = `mutation { returnClaim(key: "${newId()}", claimId: "${id}", reason: "缺毕业证编号页") {
    ... on Claim { state } ... on Refusal { code } } }`;
  expect((await ask('admin', back)).returnClaim).toEqual({ state: 'RETURNED' });
  const told = await ask('member', OWN, { id });
  expect(told.claim).toMatchObject({ state: 'RETURNED', dueOn: null, event: null });
  expect(told.claim.steps.at(-1)).toMatchObject({ number: 2, action: 'RETURNED', reason: '缺毕业证编号页' });
  const second = await upload(memberIds[0]!);
  const mended = { key: newId(), claimId: id, attributes: LEVEL, evidenceIds: [file, second] };
  expect((await ask('member', RESUBMIT, mended)).resubmitClaim).toEqual({ id, state: 'SUBMITTED' });
  const approve = `mutation { approveClaim(key: "${newId()}", claimId: "${id}") {
    ... on Claim { state } ... on Refusal { code } } }`;
  expect((await ask('admin', approve)).approveClaim).toEqual({ state: 'APPROVED' });
  await pay();
  const { claim: own } = await ask('member', OWN, { id });
  expect(own).toMatchObject({ state: 'APPROVED', dueOn: null, note: null, event: { state: 'PAID', points: 2000 } });
  expect(own.evidence.map((one: { id: string }) => one.id)).toEqual([file, second]);
  expect(own.steps.map((one: { action: string }) => one.action)).toEqual([
    'SUBMITTED',
    'RETURNED',
    'RESUBMITTED',
    'APPROVED',
  ]);
  const { claim: decided } = await ask('admin', SEEN, { id });
  expect(decided.event).toEqual({ state: 'PAID', points: 2000, recordedBy: operator.actor });
  expect(decided.steps.at(-1)).toEqual({ action: 'APPROVED', actor: operator.actor, reason: null });
  await expect(deps).toHaveCoherentLedger();
});

test('a malformed attribute is named by its place', async () => {
  const { programmeId, ask, count } = await signedIn();
  const claim = { programmeId, eventType: 'degree', occurredOn: '2026-07-01', evidenceIds: [] };
  for (const bad of [{ name: '年份' }, { name: '年份', text: '1', number: 1 }, LEVEL[0]]) {
    const answer = await ask('member', SUBMIT, { key: newId(), ...claim, attributes: [...LEVEL, bad] });
    expect(answer.submitClaim).toEqual({ code: 'ATTRIBUTE_MALFORMED', at: 'attributes.1' });
  }
  expect(await count('claim')).toBe(0);
});

test('a claim shows itself to its own member and to admins of the branch, to nobody else', async () => {
  const { memberIds, submit, ask } = await signedIn();
  const id = await submit(memberIds[0]!);
  const one = `{ claim(id: "${id}") { id } claims { nodes { id } } }`;
  const mine = { claim: { id }, claims: { nodes: [{ id }] } };
  const nothing = { claim: null, claims: { nodes: [] } };
  expect(await ask('member', one)).toEqual(mine);
  expect(await ask('other', one)).toEqual(nothing);
  expect(await ask('admin', one)).toEqual(mine);
  expect(await ask('stranger', one)).toEqual(nothing);
  const withdraw = `mutation { withdrawClaim(key: "${newId()}", claimId: "${id}") {
    ... on Claim { state } ... on Refusal { code } } }`;
  expect((await ask('other', withdraw)).withdrawClaim).toEqual({ code: 'CLAIM_UNKNOWN' });
  expect((await ask('member', withdraw)).withdrawClaim).toEqual({ state: 'WITHDRAWN' });
});

test('what can be claimed comes with its form, what it needs and what it earns', async () => {
  const { publish, programmeId, ask } = await signedIn();
  await publish('学历提升', 'degree', { ...DEGREE, evidence: true, approval: 'two_levels' });
  await publish('荣誉', 'honour', fixed(1000));
  const list = (
    id: string,
  ) => `{ claimableEventTypes(programmeId: "${id}") { code name area evidenceNeeded approval earns
    attributes { name kind required choices } } }`;
  const { claimableEventTypes: types } = await ask('member', list(programmeId));
  const byCode = new Map(types.map((type: { code: string }) => [type.code, type]));
  expect(byCode.get('degree')).toEqual({
    ...{ code: 'degree', name: '学历提升', area: 'GROWTH', evidenceNeeded: true, approval: 'TWO_LEVELS' },
    earns: [expect.stringContaining('本科 2000 分')],
    attributes: [{ name: '学历层次', kind: 'CHOICE', required: true, choices: ['大专', '本科', '硕士', '博士'] }],
  });
  expect(byCode.get('milestone.marriage')).toMatchObject({ evidenceNeeded: false, approval: 'BRANCH', earns: [] });
  expect(byCode.has('honour')).toBe(false);
  expect((await ask('member', list(newId()))).claimableEventTypes).toEqual([]);
});

/** Twelve claims: six submitted on each of two days, the later day first; the last of the earlier day is returned. */
async function aQueue() {
  const world = await signedIn({ memberCount: 2 });
  const { deps, memberIds, submit, giveBack } = world;
  const day = (i: number) => `2026-06-${String(i + 1).padStart(2, '0')}`;
  const batch = async (now: string, from: number) => {
    deps.clock.set(now);
    const ids: string[] = [];
    for (let i = from; i < from + 6; i++) ids.push(await submit(memberIds[i % 2]!, { occurredOn: day(i) }));
    return ids;
  };
  const late = await batch('2026-07-28T02:00:00Z', 0);
  const early = await batch('2026-07-27T02:00:00Z', 6);
  await giveBack(early[5]!);
  deps.clock.set('2026-08-02T02:00:00Z');
  return { ...world, late, early };
}

test('the queue has what is due first at the top, page by page without a gap, and can show what is overdue', async () => {
  const { deps, early, late, programmeId, ask } = await aQueue();
  const list = async (filter: string) =>
    (
      await ask(
        'admin',
        `{ claims(${filter}) {
    nodes { id isOverdue dueOn } pageInfo { hasNextPage endCursor } } }`,
      )
    ).claims;
  const ids = (page: { nodes: { id: string }[] }) => page.nodes.map((one) => one.id);
  const queue = [...early.slice(0, 5), ...late];
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const page = await list(`first: 4${after && `, after: "${after}"`}`);
    seen.push(...ids(page));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  expect(seen).toEqual(queue);
  expect(ids(await list(`programmeId: "${programmeId}"`))).toEqual(queue);
  expect(ids(await list(`programmeId: "${newId()}"`))).toEqual([]);
  expect(ids(await list('state: SUBMITTED'))).toEqual(queue);
  expect(ids(await list('state: RETURNED'))).toEqual([early[5]]);
  expect(ids(await list('overdue: true'))).toEqual(early.slice(0, 5));
  expect(ids(await list('overdue: true, state: RETURNED'))).toEqual([]);
  const [first] = (await list('first: 1')).nodes;
  expect(first).toEqual({ id: early[0], isOverdue: true, dueOn: '2026-08-01' });
  expect((await list(`first: 1, after: "2026-08-01.${early[4]}"`)).nodes[0]).toMatchObject({ isOverdue: false });
  expect(ids(await list('after: "2026-13-01.nothing"'))).toEqual([]);
  deps.clock.advance({ days: -1 });
  expect(ids(await list('overdue: true'))).toEqual([]);
});

test('claims that are settled are listed from the one that was due last, without a gap', async () => {
  const { early, late, approve, ask } = await aQueue();
  for (const id of [...late, ...early.slice(0, 5)]) await approve(id);
  const page = async (after: string) =>
    (await ask('admin', `{ claims(state: APPROVED, first: 6${after}) { nodes { id } pageInfo { endCursor } } }`))
      .claims;
  const one = await page('');
  const two = await page(`, after: "${one.pageInfo.endCursor}"`);
  const ids = [...one.nodes, ...two.nodes].map(({ id }: { id: string }) => id);
  expect(ids).toEqual([...late.toReversed(), ...early.slice(0, 5).toReversed()]);
});

test('an approver reads the reminder of today, and null when there is none', async () => {
  const { deps, memberIds, submit, ask } = await signedIn();
  await submit(memberIds[0]!);
  const reminder = '{ claimReminder { day waiting dueSoon overdue } }';
  expect(await ask('admin', reminder)).toEqual({ claimReminder: null });
  await remindOfClaims(deps);
  const counts = { day: '2026-08-03', waiting: 1, dueSoon: 0, overdue: 0 };
  expect(await ask('admin', reminder)).toEqual({ claimReminder: counts });
  expect(await ask('stranger', reminder)).toEqual({ claimReminder: null });
  deps.clock.advance({ days: 1 });
  expect(await ask('admin', reminder)).toEqual({ claimReminder: null });
});

test('lists take as many statements for twelve claims as for two', async () => {
  const { deps, memberIds, submit, approve, upload, ask } = await signedIn();
  const day = (i: number) => `2026-06-${String(i + 1).padStart(2, '0')}`;
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) {
    ids.push(await submit(memberIds[0]!, { occurredOn: day(i), evidenceIds: [await upload(memberIds[0]!)] }));
  }
  const admin = (state: string, first: number) =>
    ask(
      'admin',
      `{ claims(${state}first: ${first}) { nodes { title isOverdue member { name union { name } }
      attributes { text } steps { actor } evidence { url } event { points accruals { points } } } } }`,
    );
  const member = (first: number) =>
    ask(
      'member',
      `{ claims(first: ${first}) { nodes { title steps { action } evidence { url }
      event { state points title } } } }`,
    );
  const statements = async (list: (first: number) => Promise<unknown>) => {
    await list(1);
    return [await countQueries(deps.db, () => list(2)), await countQueries(deps.db, () => list(12))];
  };
  const [two, twelve] = await statements((first) => admin('', first));
  expect(twelve).toBe(two);
  for (const id of ids) await approve(id);
  for (const list of [(first: number) => admin('state: APPROVED, ', first), member]) {
    const [few, many] = await statements(list);
    expect(many).toBe(few);
  }
});
