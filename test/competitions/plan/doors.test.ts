import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelCompetition } from '../../../src/competitions/plan/cancel-competition.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Condition } from '../../../src/rules/conditions.ts';
import { describeFirm } from '../../../src/unions/firms/describe-firm.ts';
import { anAdmin as anOperator, aUnion } from '../../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { accepted, aKey, aMember } from '../../unions/tree.ts';
import { aFinal, aHeat, aPlanningWorld, NOW } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

/** A province with an admin at the door, one of the eastern city, and a member of the eastern works. */
async function aScene() {
  const world = await aPlanningWorld();
  const { province, east, eastWorks } = world;
  deps.clock.set(NOW);
  const clerk = await anOperator(deps, 'clerk', [[{ id: province, path: '' }, 'programme-admin']]);
  const ofEast = await anOperator(deps, 'east', [[{ id: east, path: '' }, 'programme-admin']]);
  const asAdmin = (query: string, variables: object = {}, who = clerk) =>
    api.ask('admin', query, { token: who.tokens.accessToken, variables: { ...variables }, language: 'zh' });
  const memberId = await aMember(deps, eastWorks);
  const token = await tokenFor(deps, 'member', memberId);
  const asMember = (query: string, variables: object = {}) =>
    api.ask('member', query, { token, variables: { ...variables }, language: 'zh' });
  return { ...world, ofEast, asAdmin, asMember, memberId };
}

const CREATE = `mutation ($key: String!, $unionId: Id!, $plan: CompetitionPlanInput!) {
  createCompetition(key: $key, unionId: $unionId, plan: $plan) {
    ... on Competition {
      id name state entrant team { min max substitutesAtMost } budgetFen eligibilityInWords union { id }
      eligibility { place kind attribute values }
      criteria { number name group weight scaleMax } judging { judgesPerEntry tieBreaks { kind number } }
      divisions { number name trade eligibilityInWords }
      stages { nodes { number name division { name } parentId union { id } advance { kind n unionKind score } judging { blind } } }
      awards { number name fromPlace toPlace skillLevel stage { number } payer { id } }
      troubles { code at message }
    }
    ... on Refusal { code at message }
  }
}`;

const DAYS = { startsOn: '2026-06-10', endsOn: '2026-06-11' };

const planOf = (unionId: string, fields: object = {}) => ({
  name: '技能竞赛（2026）',
  year: 2026,
  about: '面向全省。',
  entrant: 'INDIVIDUAL',
  entryFrom: '2026-03-01T00:00:00+08:00',
  entryUntil: '2026-04-01T00:00:00+08:00',
  changeUntil: '2026-04-15T00:00:00+08:00',
  trade: '焊工',
  criteria: [{ name: '实操', kind: 'JUDGED', weight: 10_000, scaleMin: 0, scaleMax: 99.5 }],
  judging: {
    ...{ judgesPerEntry: 3, judgesNeeded: 2, blind: true, normalise: 'NONE', aggregate: 'MEAN', late: 'WAIT' },
    tieBreaks: [{ kind: 'CRITERION', number: 1 }, { kind: 'EARLIER_ENTRY' }],
  },
  budgetFen: 0,
  certificatePrefix: 'JN2026',
  stages: [{ name: '决赛', level: 'PROVINCE', round: 'FINAL', unionId, ...DAYS }],
  ...fields,
});

test('an admin plans a competition, reads what keeps it back, puts it right and publishes it', async () => {
  const { province, east, asAdmin } = await aScene();
  const heat = { name: '东市赛', level: 'CITY', round: 'FINAL', unionId: east, parent: 1, division: 1 };
  const advance = { kind: 'THRESHOLD', score: 87.5 };
  const stages = [
    { name: '决赛', level: 'PROVINCE', round: 'FINAL', unionId: province, division: 1, ...DAYS },
    { ...heat, startsOn: '2026-05-01', endsOn: '2026-05-02', advance },
  ];
  const skilled = { fact: { fact: 'AGE', is: 'AT_LEAST', values: ['18'] } };
  const plan = planOf(province, {
    eligibility: { all: [skilled, { branches: [east] }] },
    divisions: [{ name: '职工组', eligibility: { attribute: { name: '技能等级', is: 'AT_LEAST', values: ['3'] } } }],
    stages,
    awards: [{ stage: 1, name: '一等奖', fromPlace: 1, toPlace: 2, subsidyFen: 500, skillLevel: 'TECHNICIAN' }],
  });
  const made = await asAdmin(CREATE, { key: newId(), unionId: province, plan });
  expect(made.errors).toEqual([]);
  const { id, ...shown } = made.data.createCompetition;
  const finalId = (await deps.db.query('SELECT id FROM competition_stage WHERE number = 1'))[0].id;
  expect(shown).toEqual({
    name: '技能竞赛（2026）',
    state: 'DRAFT',
    entrant: 'INDIVIDUAL',
    team: null,
    budgetFen: 0,
    union: { id: province },
    eligibilityInWords: '年龄不少于 18 岁，且属于东市总工会',
    eligibility: [
      { place: '', kind: 'ALL', attribute: null, values: [] },
      { place: '0', kind: 'FACT', attribute: null, values: ['18'] },
      { place: '1', kind: 'BRANCH', attribute: null, values: [] },
    ],
    criteria: [{ number: 1, name: '实操', group: null, weight: 10_000, scaleMax: 99.5 }],
    judging: {
      judgesPerEntry: 3,
      tieBreaks: [
        { kind: 'CRITERION', number: 1 },
        { kind: 'EARLIER_ENTRY', number: null },
      ],
    },
    divisions: [{ number: 1, name: '职工组', trade: null, eligibilityInWords: '技能等级不少于 3' }],
    stages: {
      nodes: [
        {
          ...{ number: 1, name: '决赛', division: { name: '职工组' }, parentId: null, union: { id: province } },
          ...{ advance: null, judging: null },
        },
        {
          ...{ number: 2, name: '东市赛', division: { name: '职工组' }, parentId: finalId, union: { id: east } },
          ...{ advance: { kind: 'THRESHOLD', n: null, unionKind: null, score: 87.5 }, judging: null },
        },
      ],
    },
    awards: [
      {
        ...{ number: 1, name: '一等奖', fromPlace: 1, toPlace: 2, skillLevel: 'TECHNICIAN' },
        ...{ stage: { number: 1 }, payer: { id: province } },
      },
    ],
    troubles: [
      {
        code: 'SUBSIDIES_NOT_BUDGET',
        at: 'plan.budgetFen',
        message: '各奖项补助合计 10.00 元，与预算 0.00 元不符。请核对奖项或预算。',
      },
    ],
  });
  const publish = `mutation ($key: String!, $id: Id!) {
    publishCompetition(key: $key, competitionId: $id) { ... on Competition { state } ... on Refusal { code } }
  }`;
  const refusedFirst = await asAdmin(publish, { key: newId(), id });
  expect(refusedFirst.data.publishCompetition).toEqual({ code: 'SUBSIDIES_NOT_BUDGET' });
  const change = `mutation ($key: String!, $id: Id!, $plan: CompetitionPlanInput!) {
    changeCompetition(key: $key, competitionId: $id, plan: $plan) { ... on Competition { troubles { code } } }
  }`;
  const changed = await asAdmin(change, { key: newId(), id, plan: { ...plan, budgetFen: 1000 } });
  expect(changed.data.changeCompetition).toEqual({ troubles: [] });
  expect((await asAdmin(publish, { key: newId(), id })).data.publishCompetition).toEqual({ state: 'PUBLISHED' });
});

test('what cannot be read is refused with its place', async () => {
  const { province, asAdmin } = await aScene();
  const final = { name: '决赛', level: 'PROVINCE', round: 'FINAL', unionId: province, ...DAYS };
  const judging = planOf(province).judging;
  const unreadable: [string, string, object][] = [
    ['CONDITION_NOT_ONE', 'plan.eligibility', { eligibility: {} }],
    [
      'CONDITION_NOT_ONE',
      'plan.divisions.0.eligibility.not',
      { divisions: [{ name: '甲组', eligibility: { not: {} } }] },
    ],
    ['ADVANCE_MISMATCHED', 'plan.stages.0.advance', { stages: [{ ...final, advance: { kind: 'TOP', score: 3 } }] }],
    [
      'TIE_BREAK_MISMATCHED',
      'plan.judging.tieBreaks.0',
      { judging: { ...judging, tieBreaks: [{ kind: 'CRITERION' }] } },
    ],
  ];
  for (const [code, at, fields] of unreadable) {
    const variables = { key: newId(), unionId: province, plan: planOf(province, fields) };
    expect((await asAdmin(CREATE, variables)).data.createCompetition).toMatchObject({ code, at });
  }
});

const LIST = '{ competitions { nodes { id } } }';
const ONE = 'query ($id: Id!) { competition(id: $id) { id } }';

test('who runs a heat reads the plan once it is published, and never a draft; other branches read nothing', async () => {
  const { draft, publish, ofEast, asAdmin } = await aScene();
  const id = await draft();
  const stranger = await anOperator(deps, 'stranger', [[await aUnion(deps, '别的工会'), 'federation-admin']]);
  const seen = async (who?: typeof ofEast) => [
    (await asAdmin(LIST, {}, who)).data.competitions.nodes,
    (await asAdmin(ONE, { id }, who)).data.competition,
  ];
  expect(await seen()).toEqual([[{ id }], { id }]);
  expect(await seen(ofEast)).toEqual([[], null]);
  accepted(await publish(id));
  expect(await seen(ofEast)).toEqual([[{ id }], { id }]);
  expect(await seen(stranger)).toEqual([[], null]);
});

test('a member sees what was published above her, what it asks, and what keeps her or her firm out', async () => {
  const { province, west, eastWorks, admin, draft, published, publish, asMember } = await aScene();
  const hidden = await draft();
  const giant: Condition = { kind: 'attribute', attribute: '企业类型', is: 'equal', values: ['小巨人'] };
  const id = await published({
    certificatePrefix: 'QG2026',
    entrant: 'firm',
    eligibility: giant,
    divisions: [{ name: '西部组', trade: null, eligibility: { kind: 'branch', unionIds: [west] } }],
    stages: [aFinal(province, { division: 1 })],
  });
  const query = `query ($id: Id!) { competition(id: $id) {
    name unionName state eligibilityInWords ownObstacle divisions { name eligibilityInWords ownObstacle }
    stages { nodes { name unionName startsOn } } awards { name stageName subsidyFen } criteria { name }
  } }`;
  expect((await asMember(LIST)).data.competitions.nodes).toEqual([{ id }]);
  expect((await asMember(ONE, { id: hidden })).data.competition).toBeNull();
  const before = await asMember(query, { id });
  expect(before.errors).toEqual([]);
  expect(before.data.competition).toEqual({
    name: '焊工技能竞赛（2026）',
    unionName: '省总工会',
    state: 'PUBLISHED',
    eligibilityInWords: '企业类型为“小巨人”',
    ownObstacle: '须企业类型为“小巨人”，其中有未登记的信息，请联系工会补登。',
    divisions: [
      {
        name: '西部组',
        eligibilityInWords: '属于西市总工会',
        ownObstacle: '须企业类型为“小巨人”，其中有未登记的信息，请联系工会补登。',
      },
    ],
    stages: { nodes: [{ name: '省决赛', unionName: '省总工会', startsOn: '2026-06-10' }] },
    awards: [{ name: '一等奖', stageName: '省决赛', subsidyFen: 100_000 }],
    criteria: [{ name: '理论' }],
  });
  const firm = { firmType: 'little_giant', ownership: 'private', trade: '装备制造', employees: 240 } as const;
  accepted(await describeFirm(deps, admin, aKey(), { unionId: eastWorks, ...firm }));
  const after = (await asMember(query, { id })).data.competition;
  expect(after.ownObstacle).toBeNull();
  expect(after.divisions[0].ownObstacle).toBe('须属于西市总工会，目前不符合。');
  accepted(await publish(hidden));
  accepted(await cancelCompetition(deps, admin, aKey(), { competitionId: hidden, reason: '场馆停用' }));
  const called = await asMember('query ($id: Id!) { competition(id: $id) { state cancelReason } }', { id: hidden });
  expect(called.data.competition).toEqual({ state: 'CANCELLED', cancelReason: '场馆停用' });
});

test('stages come in pages, and lists take as many statements for many competitions as for one', async () => {
  const { province, east, west, draft, asAdmin } = await aScene();
  const stages = [aFinal(province), aHeat(east), aHeat(west)];
  await draft({ stages });
  const list = `{ competitions { nodes {
    union { name } troubles { code } divisions { name } awards { stage { name } payer { name } }
    stages(first: 2) { nodes { name union { name } division { name } } pageInfo { hasNextPage endCursor } }
  } } }`;
  const first = await asAdmin(list);
  expect(first.errors).toEqual([]);
  const [{ stages: page }] = first.data.competitions.nodes;
  expect(page.nodes.map(({ name }: { name: string }) => name)).toEqual(['省决赛', '市赛']);
  const rest = `{ competitions { nodes { stages(first: 2, after: "${page.pageInfo.endCursor}") {
    nodes { union { name } } pageInfo { hasNextPage } } } } }`;
  expect((await asAdmin(rest)).data.competitions.nodes[0].stages).toEqual({
    nodes: [{ union: { name: '西市总工会' } }],
    pageInfo: { hasNextPage: false },
  });
  const one = await countQueries(deps.db, () => asAdmin(list));
  for (const certificatePrefix of ['AA', 'BB', 'CC']) await draft({ certificatePrefix, stages });
  expect(await countQueries(deps.db, () => asAdmin(list))).toBe(one);
});

test('firms and skill are described at the admin door and read beside unions and members', async () => {
  const { eastWorks, memberId, asAdmin, asMember } = await aScene();
  const describe = `mutation ($key: String!, $unionId: Id!) {
    describeFirm(key: $key, unionId: $unionId, firmType: LITTLE_GIANT, ownership: PRIVATE, trade: "装备制造", employees: 240) {
      ... on Union { name firm { firmType ownership trade employees } } ... on Refusal { code }
    }
  }`;
  const federation = await anOperator(deps, 'federation', [[{ id: eastWorks, path: '' }, 'federation-admin']]);
  const described = await asAdmin(describe, { key: newId(), unionId: eastWorks }, federation);
  expect(described.data.describeFirm).toEqual({
    name: '东厂工会',
    firm: { firmType: 'LITTLE_GIANT', ownership: 'PRIVATE', trade: '装备制造', employees: 240 },
  });
  const record = `mutation ($key: String!, $memberId: Id!) {
    recordSkill(key: $key, memberId: $memberId, trade: "焊工", level: SENIOR, since: "2024-05-01") {
      ... on Member { skills { trade level since } } ... on Refusal { code }
    }
  }`;
  const recorded = await asAdmin(record, { key: newId(), memberId }, federation);
  const skills = [{ trade: '焊工', level: 'SENIOR', since: '2024-05-01' }];
  expect(recorded.data.recordSkill).toEqual({ skills });
  expect((await asMember('{ skills { trade level since } }')).data.skills).toEqual(skills);
});
