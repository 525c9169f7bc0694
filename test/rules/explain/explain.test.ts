import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { payWaiting } from '../../../src/rules/pay-waiting.ts';
import { saveDraft } from '../../../src/rules/save-draft.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { testDeps } from '../../support/deps.ts';
import { accepted, aWorld, DEGREE, fixed } from '../world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(await testDeps());
});
afterAll(() => api.close());

const EXPLAIN = '{ activityEvents(first: 50) { nodes { state points explanation { ruleName kind points inWords } } } }';

async function aStory() {
  const world = await aWorld({ memberCount: 2 });
  const { deps, unionId, memberIds } = world;
  const [ann] = memberIds as [string, string];
  const memberToken = await tokenFor(deps, 'member', ann);
  const operatorId = newId();
  await deps.db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?)', [
    [operatorId, 'admin', operatorId, '管理员', 'none', deps.clock.now()],
  ]);
  await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [
    [operatorId, unionId, 'programme-admin'],
  ]);
  const adminToken = await tokenFor(deps, 'admin', operatorId);
  const admin = async (query: string, variables = {}, language: 'zh' | 'en' = 'zh') => {
    const answer = await api.ask('admin', query, { variables, token: adminToken, language });
    expect(answer.errors).toEqual([]);
    return answer.data;
  };
  const explained = async (language: 'zh' | 'en' = 'zh') => {
    const answer = await api.ask('member', EXPLAIN, { token: memberToken, language });
    expect(answer.errors).toEqual([]);
    return answer.data.activityEvents.nodes;
  };
  return { ...world, ann, admin, explained };
}

test('a member reads of each rule that looked what it gave, or the first thing that kept it from giving', async () => {
  const { ann, publish, event, earn, explained } = await aStory();
  const group = (priority: number) => ({ exclusive: { group: '表彰', priority } });
  await publish('首选', 'honour', { ...fixed(100), ...group(1), caps: [{ of: 'points', period: 'ever', most: 150 }] });
  await publish('次选', 'honour', { ...fixed(10), ...group(2) });
  await publish('老职工', 'honour', {
    ...fixed(50),
    condition: { kind: 'fact', fact: 'service_years', is: 'at_least', values: [5] },
  });
  await publish('已结束', 'honour', { ...fixed(5), period: { from: '2027-01-01', until: '2027-12-31' } });
  await earn(event(ann, 'honour', { occurredOn: '2026-01-01' }));
  await earn(event(ann, 'honour', { occurredOn: '2026-02-01' }));
  await earn(event(ann, 'honour', { occurredOn: '2026-03-01' }));
  const [third, second, first] = await explained();
  expect(first).toEqual({
    state: 'PAID',
    points: 100,
    explanation: [
      { ruleName: '首选', kind: 'AWARDED', points: 100, inWords: '得 100 分' },
      { ruleName: '次选', kind: 'OUTRANKED', points: 0, inWords: '同类规则只计一条，已由“首选”计分' },
      { ruleName: '老职工', kind: 'UNKNOWN', points: 0, inWords: '工龄未登记' },
      { ruleName: '已结束', kind: 'OUT_OF_PERIOD', points: 0, inWords: '发生日期 2026-01-01 不在规则期限内' },
    ],
  });
  expect(second.explanation[0]).toMatchObject({
    kind: 'AWARDED',
    points: 50,
    inWords: '得 50 分（本应 100 分，受“累计最多 150 分”限制）',
  });
  expect(third).toMatchObject({ state: 'CAPPED', points: 0 });
  expect(third.explanation[0]).toMatchObject({ kind: 'CAPPED', inWords: '已达上限：累计最多 150 分' });
  const [inEnglish] = await explained('en');
  expect(inEnglish.explanation.map((one: { inWords: string }) => one.inWords)).toEqual([
    'the cap is reached: at most 150 points in all',
    'of its group only one rule counts, and that is 首选',
    'length of service is not on record',
    '2026-03-01 is not in the rule’s period',
  ]);
});

test('a repetition and a missing tier are told, and what was given stands beside', async () => {
  const { ann, publish, event, earn, explained } = await aStory();
  const tiers = [{ value: '本科', points: 2000 }];
  await publish('学历提升', 'degree', { ...DEGREE, award: { kind: 'tiered', attribute: '学历层次', tiers } });
  const degree = (level: string, day: string) =>
    event(ann, 'degree', { attributes: { 学历层次: level }, occurredOn: day });
  await earn(degree('本科', '2026-01-01'));
  await earn(degree('本科', '2026-02-01'));
  await earn(degree('硕士', '2026-03-01'));
  const told = (await explained()).map((one: { explanation: { inWords: string }[] }) => one.explanation[0]!.inWords);
  expect(told).toEqual(['学历层次“硕士”没有对应的积分', '同一事项此前已计 2000 分，不重复计分', '得 2000 分']);
});

test('an event that waits for budget says which is short, and once it is paid all it was given', async () => {
  const { ann, publish, publishNext, event, earn, explained, deps, programmeId } = await aStory();
  await publish('分会荣誉', 'honour', fixed(30));
  const ruleId = await publish('荣誉附加', 'honour', { ...fixed(100), budget: { total: 50, branches: [] } });
  await earn(event(ann, 'honour'));
  expect((await explained())[0]).toMatchObject({
    state: 'OVER_BUDGET',
    points: 30,
    explanation: [{ kind: 'AWARDED' }, { kind: 'OVER_BUDGET', inWords: '这条规则的预算已用完，追加后发放' }],
  });
  accepted(await publishNext(ruleId, { ...fixed(100), budget: { total: 500, branches: [] } }));
  await payWaiting(deps, programmeId, async () => {});
  expect((await explained())[0]).toMatchObject({
    state: 'PAID',
    points: 130,
    explanation: [
      { kind: 'AWARDED', points: 30, inWords: '此前已得 30 分' },
      { kind: 'AWARDED', points: 100 },
    ],
  });
});

test('explaining thirty events takes as many statements as explaining one', async () => {
  const { ann, deps, publish, event, earn, explained } = await aStory();
  await publish('分会荣誉', 'honour', { ...fixed(10), condition: { kind: 'tag', tags: ['劳模'] } });
  await earn(event(ann, 'honour', { occurredOn: '2026-01-01' }));
  // The first request also finds out who is calling.
  await explained();
  const one = await countQueries(deps.db, () => explained());
  await earn(...Array.from({ length: 29 }, (_, i) => event(ann, 'honour', { reference: `R${i}` })));
  expect(await countQueries(deps.db, () => explained())).toBe(one);
});

const TRY = `query ($draftId: Id!, $event: TrialInput!) { tryRuleDraft(draftId: $draftId, event: $event) {
  ... on RuleTrial { points outcomes { ruleName ruleVersion kind points inWords } } ... on Refusal { code at } } }`;

test('a draft is tried on a member who is made up, and on one there is with what she was given before', async () => {
  const { deps, caller, programmeId, unionId, ann, publish, event, earn, admin, count } = await aStory();
  const ruleId = await publish('志愿服务', 'volunteering', {
    award: { kind: 'per_unit', attribute: '时长小时', points: 10, most: 100 },
    occurrence: { kind: 'event' },
  });
  const attributes = { 类别: '卫生问题', 时长小时: 6 };
  await earn(event(ann, 'volunteering', { attributes }));
  const draftId = accepted(
    await saveDraft(deps, caller, newId(), {
      ruleId,
      definition: {
        award: { kind: 'per_unit', attribute: '时长小时', points: 20, most: 200 },
        occurrence: { kind: 'event' },
        caps: [{ of: 'points', period: 'year', most: 200 }],
        condition: { kind: 'not', condition: { kind: 'fact', fact: 'age', is: 'less', values: [18] } },
      },
    }),
  );
  const given = [
    { name: '类别', text: '卫生问题' },
    { name: '时长小时', number: 8 },
  ];
  const trial = (who: object) =>
    admin(TRY, { draftId, event: { attributes: given, occurredOn: '2026-08-01', ...who } });
  const before = await count('accrual');
  expect((await trial({ madeUp: { unionId, age: 30 } })).tryRuleDraft).toEqual({
    points: 160,
    outcomes: [{ ruleName: '志愿服务', ruleVersion: 0, kind: 'AWARDED', points: 160, inWords: '得 160 分' }],
  });
  expect((await trial({ madeUp: { unionId, age: 17 } })).tryRuleDraft).toMatchObject({ points: 0 });
  await deps.db.query("UPDATE member SET birth_date = '1990-05-01' WHERE id = ?", [ann]);
  expect((await trial({ memberId: ann })).tryRuleDraft).toMatchObject({
    points: 140,
    outcomes: [{ inWords: '得 140 分（本应 160 分，受“每年最多 200 分”限制）' }],
  });
  expect(await count('accrual')).toBe(before);
  expect(programmeId).toHaveLength(26);
});

test.each([
  ['of nobody', { memberId: newId() }, 'MEMBER_UNKNOWN', 'event.memberId'],
  ['of two', { memberId: newId(), madeUp: { unionId: newId() } }, 'TRIAL_MEMBER_NOT_ONE', 'event.memberId'],
  ['of no member at all', {}, 'TRIAL_MEMBER_NOT_ONE', 'event.memberId'],
  ['in a union that is not there', { madeUp: { unionId: newId() } }, 'UNION_UNKNOWN', 'event.madeUp.unionId'],
  ['without what the type asks', { attributes: [] }, 'ATTRIBUTE_MISSING', 'event.attributes'],
])('a trial %s is refused with its place', async (_, change, code, at) => {
  const { deps, caller, programmeId, unionId, admin } = await aStory();
  const newRule = { programmeId, name: '学历提升', eventType: 'degree' };
  const draftId = accepted(await saveDraft(deps, caller, newId(), { newRule, definition: DEGREE }));
  const who = 'attributes' in change ? { madeUp: { unionId } } : {};
  const event = { attributes: [{ name: '学历层次', text: '本科' }], occurredOn: '2026-08-01', ...who, ...change };
  expect((await admin(TRY, { draftId, event })).tryRuleDraft).toEqual({ code, at });
});

test('a draft outside of the branch cannot be tried', async () => {
  const { unionId, admin } = await aStory();
  const event = { attributes: [], occurredOn: '2026-08-01', madeUp: { unionId } };
  expect((await admin(TRY, { draftId: newId(), event })).tryRuleDraft).toMatchObject({ code: 'DRAFT_UNKNOWN' });
});
