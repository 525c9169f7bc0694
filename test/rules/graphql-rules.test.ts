import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { publishDraft } from '../../src/rules/publish-draft.ts';
import { type DraftToSave, saveDraft } from '../../src/rules/save-draft.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { countQueries } from '../support/count-queries.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { aProgramme } from '../support/ledger.ts';
import { accepted, aWorld, fixed } from './world.ts';

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

/** The world of the floor with its admin at the admin door. */
async function atTheDoor() {
  const world = await aWorld();
  const { deps, unionId, programmeId } = world;
  const token = await anOperator(deps, unionId);
  const admin = async (query: string, variables = {}, language: 'zh' | 'en' = 'zh') => {
    const answer = await api.ask('admin', query, { variables, token, language });
    expect(answer.errors).toEqual([]);
    return answer.data;
  };
  const save = async (draft: object, key = newId()) =>
    (await admin(SAVE, { key, newRule: { programmeId, name: '志愿服务', eventType: 'volunteering' }, ...draft }))
      .saveRuleDraft;
  const publish = async (draftId: string, effectiveFrom?: string, key = newId()) =>
    (await admin(PUBLISH, { key, draftId, effectiveFrom })).publishRuleDraft;
  return { ...world, token, admin, save, publish };
}

const DEFINITION = `
  award { __typename ... on FixedPoints { points } ... on TieredPoints { attribute tiers { value points } }
    ... on RangedPoints { attribute ranges { from to points } } ... on PointsPerUnit { attribute points most } }
  occurrence { kind attributes } conditionInWords conditions { place kind attribute fact is values branches tags inWords }
  caps { of period most } period { from until } budget { total branches { unionId unionName points } }
  life { days yearsAhead } evidence approval noticeDays exclusive { group priority }`;
const REFUSAL = '... on Refusal { code message at }';
const SAVE = `mutation ($key: String!, $draftId: Id, $ruleId: Id, $newRule: NewRuleInput, $name: String,
    $definition: RuleDefinitionInput!) {
  saveRuleDraft(key: $key, draftId: $draftId, ruleId: $ruleId, newRule: $newRule, name: $name, definition: $definition) {
    ... on RuleDraft { id programmeId ruleId name eventType inWords lines updatedBy definition { ${DEFINITION} } }
    ${REFUSAL} } }`;
const PUBLISH = `mutation ($key: String!, $draftId: Id!, $effectiveFrom: Day) {
  publishRuleDraft(key: $key, draftId: $draftId, effectiveFrom: $effectiveFrom) {
    ... on Rule { id name current { number } versions { number state effectiveAt } awarded { unionName points } }
    ${REFUSAL} } }`;

const PLAIN = { award: { fixed: 10 }, occurrence: { kind: 'EVENT' } };

/** A rule that uses everything there is. */
const everything = (unionId: string) => ({
  award: { perUnit: { attribute: '时长小时', points: 20, most: 100 } },
  occurrence: { kind: 'EVENT' },
  condition: {
    all: [
      { fact: { fact: 'SERVICE_YEARS', is: 'AT_LEAST', values: ['5'] } },
      {
        any: [
          { attribute: { name: '类别', is: 'ONE_OF', values: ['卫生问题', '安全隐患'] } },
          { branches: [unionId] },
          { not: { tags: ['新就业形态'] } },
        ],
      },
    ],
  },
  caps: [
    { of: 'POINTS', period: 'MONTH', most: 200 },
    { of: 'COUNT', period: 'YEAR', most: 12 },
  ],
  period: { from: '2026-01-01', until: '2026-12-31' },
  budget: { total: 5000, branches: [{ unionId, points: 500 }] },
  life: { yearsAhead: 1 },
  evidence: true,
  approval: 'TWO_LEVELS',
  noticeDays: 7,
  exclusive: { group: '志愿', priority: 1 },
});

test('an admin drafts a rule with everything in it and reads it back, as data and in words', async () => {
  const { save, unionId, programmeId, deps } = await atTheDoor();
  await deps.db.query("UPDATE union_node SET name = '客舱部工会' WHERE id = ?", [unionId]);
  const { award, occurrence, condition, life, ...rest } = everything(unionId);
  const draft = await save({ definition: everything(unionId) });
  expect(draft).toMatchObject({ programmeId, ruleId: null, name: '志愿服务', eventType: 'volunteering' });
  expect(draft.definition).toMatchObject({
    ...rest,
    award: { __typename: 'PointsPerUnit', ...award.perUnit },
    occurrence: { kind: 'EVENT', attributes: [] },
    budget: { total: 5000, branches: [{ unionId, unionName: '客舱部工会', points: 500 }] },
    life: { days: null, yearsAhead: 1 },
    conditionInWords:
      '工龄不少于 5 年，且（类别为“卫生问题”或“安全隐患”，或属于客舱部工会，或不满足（具有“新就业形态”标签））',
  });
  const nothing = { attribute: null, fact: null, is: null, values: [], branches: [], tags: [] };
  expect(draft.definition.conditions).toMatchObject([
    { ...nothing, place: '', kind: 'ALL' },
    { ...nothing, place: '0', kind: 'FACT', fact: 'SERVICE_YEARS', is: 'AT_LEAST', values: ['5'] },
    { ...nothing, place: '1', kind: 'ANY' },
    { ...nothing, place: '1.0', kind: 'ATTRIBUTE', attribute: '类别', is: 'ONE_OF', values: ['卫生问题', '安全隐患'] },
    { ...nothing, place: '1.1', kind: 'BRANCH', branches: [unionId], inWords: '属于客舱部工会' },
    { ...nothing, place: '1.2', kind: 'NOT' },
    { ...nothing, place: '1.2.0', kind: 'TAG', tags: ['新就业形态'], inWords: '具有“新就业形态”标签' },
  ]);
  expect(draft.lines).toEqual([
    '时长小时每单位 20 分，单次最多 100 分',
    '每次都计',
    `条件：${draft.definition.conditionInWords}`,
    '限 2026-01-01 至 2026-12-31 发生的',
    '每月最多 200 分',
    '每年最多 12 次',
    '全部会员合计最多 5000 分',
    '客舱部工会合计最多 500 分',
    '积分次年年底前有效',
    '申报须附证明材料',
    '申报须经两级审批',
    '公示 7 天后到账',
    '“志愿”类规则同时符合时只计优先的一条（本条优先级 1）',
  ]);
  expect(draft.inWords).toBe(`志愿服务：${draft.lines.join('；')}。`);
});

test('an admin publishes a rule, a version for later, and retires it', async () => {
  const { admin, save, publish, unionId, programmeId, deps } = await atTheDoor();
  const draft = await save({ definition: everything(unionId) });
  const rule = await publish(draft.id);
  const now = deps.clock.now().toISOString();
  expect(rule).toMatchObject({
    current: { number: 1 },
    versions: [{ number: 1, state: 'IN_FORCE', effectiveAt: now }],
    awarded: [
      { unionName: null, points: 0 },
      { unionName: `工会${unionId}`, points: 0 },
    ],
  });
  const next = await save({ newRule: null, ruleId: rule.id, definition: PLAIN });
  expect(await publish(next.id, '2026-09-01')).toMatchObject({
    current: { number: 1 },
    versions: [
      { number: 2, state: 'SCHEDULED', effectiveAt: '2026-08-31T16:00:00.000Z' },
      { number: 1, state: 'IN_FORCE' },
    ],
  });
  const retire = `mutation { retireRule(key: "${newId()}", ruleId: "${rule.id}") {
    ... on Rule { retiredAt current { number } versions { state } } } }`;
  expect((await admin(retire)).retireRule).toEqual({
    retiredAt: now,
    current: null,
    versions: [{ state: 'RETIRED' }, { state: 'RETIRED' }],
  });
  expect((await admin(`{ rules(programmeId: "${programmeId}") { nodes { id } } }`)).rules.nodes).toEqual([
    { id: rule.id },
  ]);
});

test('of several versions the last one that took effect is in force', async () => {
  const { admin, publish, save, deps, programmeId, caller } = await atTheDoor();
  deps.clock.set('2026-07-01T00:00:00.000Z');
  const newRule = { programmeId, name: '荣誉', eventType: 'honour' };
  const saved = async (draft: DraftToSave) => accepted(await saveDraft(deps, caller, newId(), draft));
  const published = async (draftId: string, effectiveFrom?: string) =>
    accepted(await publishDraft(deps, caller, newId(), { draftId, effectiveFrom }));
  const ruleId = await published(await saved({ newRule, definition: fixed(1) }));
  await published(await saved({ ruleId, definition: fixed(2) }), '2026-08-01');
  const draft = await save({ newRule: null, ruleId, definition: PLAIN });
  expect((await publish(draft.id, '2026-09-01')).versions).toMatchObject([
    { number: 3, state: 'SCHEDULED' },
    { number: 2, state: 'IN_FORCE' },
    { number: 1, state: 'SUPERSEDED' },
  ]);
  expect((await admin(`{ rule(id: "${ruleId}") { current { inWords } } }`)).rule).toEqual({
    current: { inWords: '荣誉：2 分；每次都计。' },
  });
});

test('drafts are listed oldest first, changed and discarded', async () => {
  const { admin, save, programmeId } = await atTheDoor();
  const first = await save({ definition: PLAIN });
  const second = await save({
    newRule: { programmeId, name: '荣誉', eventType: 'honour' },
    definition: {
      award: { tiered: { attribute: '荣誉', tiers: [{ value: '一等', points: 3 }] } },
      occurrence: { kind: 'EVER' },
    },
  });
  const changed = await save({ newRule: null, draftId: first.id, name: '志愿', definition: PLAIN });
  expect(changed).toMatchObject({ id: first.id, name: '志愿' });
  const list = async (rest = '') =>
    (await admin(`{ ruleDrafts(programmeId: "${programmeId}"${rest}) { nodes { id name } pageInfo { endCursor } } }`))
      .ruleDrafts;
  expect(await list(', first: 1')).toEqual({
    nodes: [{ id: first.id, name: '志愿' }],
    pageInfo: { endCursor: first.id },
  });
  expect((await list(`, after: "${first.id}"`)).nodes).toEqual([{ id: second.id, name: '荣誉' }]);
  const discard = `mutation { discardRuleDraft(key: "${newId()}", draftId: "${first.id}") {
    ... on DiscardedRuleDraft { draftId } ${REFUSAL} } }`;
  expect((await admin(discard)).discardRuleDraft).toEqual({ draftId: first.id });
  expect((await list()).nodes).toEqual([{ id: second.id, name: '荣誉' }]);
});

test('a key that comes again gives the same draft, and says so when that was published meanwhile', async () => {
  const { save, publish } = await atTheDoor();
  const [key, publishKey] = [newId(), newId()];
  const draft = await save({ definition: PLAIN }, key);
  expect((await save({ definition: PLAIN }, key)).id).toBe(draft.id);
  const rule = await publish(draft.id, undefined, publishKey);
  expect((await publish(draft.id, undefined, publishKey)).id).toBe(rule.id);
  expect(await save({ definition: PLAIN }, key)).toMatchObject({ code: 'DRAFT_UNKNOWN' });
});

const not = (levels: number): object => (levels === 0 ? { tags: ['甲'] } : { not: not(levels - 1) });

test.each([
  ['no award', { award: {} }, 'AWARD_NOT_ONE', 'definition.award'],
  ['two awards', { award: { fixed: 1, tiered: { attribute: 'a', tiers: [] } } }, 'AWARD_NOT_ONE', 'definition.award'],
  ['an award of zero', { award: { fixed: 0 } }, 'AWARD_OUT_OF_RANGE', 'definition.award.fixed'],
  ['two lives', { life: { days: 1, yearsAhead: 1 } }, 'LIFE_NOT_ONE', 'definition.life'],
  ['an empty life', { life: {} }, 'LIFE_NOT_ONE', 'definition.life'],
  ['an empty condition', { condition: {} }, 'CONDITION_NOT_ONE', 'definition.condition'],
  [
    'two conditions in one',
    { condition: { any: [{ not: { tags: ['甲'], branches: [] } }] } },
    'CONDITION_NOT_ONE',
    'definition.condition.any.0.not',
  ],
  ['conditions seven deep', { condition: not(6) }, 'CONDITION_TOO_DEEP', 'definition.condition'],
  ['conditions thirty deep', { condition: not(30) }, 'CONDITION_TOO_DEEP', 'definition.condition'],
  [
    'attributes that do not count',
    { occurrence: { kind: 'EVER', attributes: ['类别'] } },
    'DEFINITION_MALFORMED',
    'definition.occurrence',
  ],
  [
    'a cap that one award exceeds',
    { caps: [{ of: 'POINTS', period: 'DAY', most: 9 }] },
    'CAP_BELOW_AWARD',
    'definition.caps.0.most',
  ],
])('a draft with %s is refused with its place, and nothing is saved', async (_, change, code, at) => {
  const { save, count } = await atTheDoor();
  const refused = await save({ definition: { ...PLAIN, ...change } });
  expect(refused).toMatchObject({ code, at });
  expect(refused.message).toMatch(/\p{Script=Han}/u);
  expect([await count('rule_draft'), await count('audit_record')]).toEqual([0, 0]);
});

test('a draft of nothing, or of two things, is refused', async () => {
  const { save, count } = await atTheDoor();
  for (const named of [{ newRule: null }, { ruleId: newId() }, { draftId: newId() }, { name: '别名' }]) {
    expect(await save({ ...named, definition: PLAIN })).toMatchObject({ code: 'DRAFT_NOT_NAMED' });
  }
  expect(await count('rule_draft')).toBe(0);
});

test('an admin of another branch sees neither rules nor drafts', async () => {
  const { deps, save, publish, programmeId } = await atTheDoor();
  const rule = await publish((await save({ definition: PLAIN })).id);
  await save({ newRule: null, ruleId: rule.id, definition: PLAIN });
  const token = await anOperator(deps, (await aProgramme(deps)).unionId);
  const { data } = await api.ask(
    'admin',
    `{ rule(id: "${rule.id}") { id } rules(programmeId: "${programmeId}") { nodes { id } }
      ruleDrafts(programmeId: "${programmeId}") { nodes { id } } }`,
    { token },
  );
  expect(data).toEqual({ rule: null, rules: { nodes: [] }, ruleDrafts: { nodes: [] } });
});

test('lists take as many statements for ten rows as for two', async () => {
  const { deps, admin, publish, save, programmeId, unionId } = await atTheDoor();
  for (let i = 0; i < 10; i++) {
    const newRule = (name: string) => ({ newRule: { programmeId, name: `${name}${i}`, eventType: 'volunteering' } });
    await publish((await save({ ...newRule('规则'), definition: everything(unionId) })).id);
    await save({ ...newRule('草稿'), definition: everything(unionId) });
  }
  const facts = `inWords lines definition { ${DEFINITION} }`;
  for (const ask of [
    (first: number) =>
      admin(`{ rules(programmeId: "${programmeId}", first: ${first}) { nodes {
        current { inWords state } versions { state ${facts} } awarded { unionName points } } } }`),
    (first: number) => admin(`{ ruleDrafts(programmeId: "${programmeId}", first: ${first}) { nodes { ${facts} } } }`),
  ]) {
    // Who the caller is, is read once and remembered for a while.
    await ask(1);
    const two = await countQueries(deps.db, () => ask(2));
    expect(await countQueries(deps.db, () => ask(10))).toBe(two);
  }
});
