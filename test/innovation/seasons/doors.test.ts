import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAdmin as anOperator } from '../../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { accepted, aKey, aMember } from '../../unions/tree.ts';
import { aReviewWorld, SCORED } from '../review/world.ts';
import { CLOSED } from '../world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

/** The world of reviews with an admin of the province at the door, where it is as late as in the world. */
async function aScene() {
  const world = await aReviewWorld();
  const clerk = await anOperator(deps, 'clerk', [[{ id: world.province, path: '' }, 'federation-admin']]);
  const askAs = (door: 'admin' | 'member', subjectId: string, query: string, variables: object = {}) => {
    deps.clock.set(world.deps.clock.now().toISOString());
    return tokenFor(deps, door, subjectId).then((token) =>
      api.ask(door, query, { token, variables: { ...variables }, language: 'zh' }),
    );
  };
  const ask = (query: string, variables: object = {}) => askAs('admin', clerk.operatorId, query, variables);
  const act = async (name: string, fields: string, args: Record<string, [string, unknown]>, who = clerk.operatorId) => {
    const declared = Object.entries(args).map(([arg, [type]]) => `, $${arg}: ${type}`);
    const passed = Object.keys(args).map((arg) => `, ${arg}: $${arg}`);
    const query = `mutation ($key: String!${declared.join('')}) {
      ${name}(key: $key${passed.join('')}) { ${fields} ... on Refusal { code at message } }
    }`;
    const values = Object.fromEntries(Object.entries(args).map(([arg, [, value]]) => [arg, value]));
    const { data, errors } = await askAs('admin', who, query, { key: aKey(), ...values });
    expect(errors).toEqual([]);
    return (data as Record<string, { id: string }>)[name]!;
  };
  return { ...world, clerk, askAs, ask, act };
}

const id = (value: string): [string, unknown] => ['Id!', value];

const PLAN = {
  ...{ name: '大连市职工技术创新成果评选（2026）', year: 2026, about: '面向全市职工。' },
  ...{ declareFrom: '2026-02-01T00:00:00+08:00', declareUntil: CLOSED },
  ...{ noticeWorkingDays: 5, certificatePrefix: 'DLCX2026' },
  categories: [
    {
      ...{ name: '技术成果（职工组）', kind: 'TECHNICAL', group: 'WORKERS', fields: ['焊接'], honoursAtMost: 2 },
      criteria: [{ name: '创新性', kind: 'JUDGED', weight: 10_000, scaleMin: 0, scaleMax: 100 }],
      judging: { judgesPerEntry: 1, judgesNeeded: 1, tieBreaks: [{ kind: 'EARLIER_ENTRY' }] },
      leastTotal: 60,
      reserves: [{ name: '小微民营', ownerships: ['PRIVATE'], mostEmployees: 300, least: 1 }],
      grades: [{ name: '一等奖', places: 2, honourName: '大连市职工技术创新成果一等奖', givesPoints: false }],
    },
  ],
};

const SEASON = `... on Season { id name state certificatePrefix copiedFrom cancelReason union { name }
  troubles { code at } categories { id number name state kind group fields honoursAtMost leastTotal panelId
    criteria { number name weight } judging { judgesPerEntry blind tieBreaks { kind number } }
    reserves { number name ownerships firmTypes mostEmployees least } grades { number name places honourName } } }`;

test('an admin plans, opens, copies and calls off a season, and the plan comes back as it was given', async () => {
  const { act, ask, province } = await aScene();
  const plan = (value: object): [string, unknown] => ['SeasonPlanInput!', value];
  const wrong = { ...PLAN, categories: [{ ...PLAN.categories[0], criteria: [] }] };
  expect(await act('createSeason', SEASON, { unionId: id(province), plan: plan(wrong) })).toMatchObject({
    ...{ code: 'CRITERIA_COUNT', at: 'plan.categories.0.criteria' },
  });
  const beyond = { ...PLAN, categories: [{ ...PLAN.categories[0], honoursAtMost: 1 }] };
  const made = await act('createSeason', SEASON, { unionId: id(province), plan: plan(beyond) });
  expect(made).toMatchObject({
    ...{ state: 'DRAFT', union: { name: '省总工会' } },
    troubles: [{ code: 'GRADES_NOT_HONOURS', at: 'plan.categories.0.grades' }],
  });
  const seasonId = id(made.id);
  expect(await act('openSeason', SEASON, { seasonId })).toMatchObject({ code: 'GRADES_NOT_HONOURS' });
  expect(await act('changeSeason', SEASON, { seasonId, plan: plan(PLAN) })).toMatchObject({
    troubles: [],
    categories: [
      {
        ...{
          number: 1,
          name: '技术成果（职工组）',
          kind: 'TECHNICAL',
          group: 'WORKERS',
          fields: ['焊接'],
          leastTotal: 60,
        },
        criteria: [{ number: 1, name: '创新性', weight: 10_000 }],
        judging: { judgesPerEntry: 1, blind: false, tieBreaks: [{ kind: 'EARLIER_ENTRY', number: null }] },
        reserves: [{ number: 1, ownerships: ['PRIVATE'], firmTypes: null, mostEmployees: 300, least: 1 }],
        grades: [{ number: 1, name: '一等奖', places: 2 }],
      },
    ],
  });
  expect(await act('openSeason', SEASON, { seasonId })).toMatchObject({ state: 'OPEN' });
  const copied = await act('copySeason', SEASON, { seasonId, year: ['Int!', 2027] });
  expect(copied).toMatchObject({ state: 'DRAFT', certificatePrefix: 'DLCX2027', copiedFrom: made.id });
  const off = { seasonId: id(copied.id), reason: ['String!', '并入下一届'] as [string, unknown] };
  expect(await act('cancelSeason', SEASON, off)).toMatchObject({ state: 'CANCELLED', cancelReason: '并入下一届' });
  expect(await ask('{ seasons(year: 2026) { nodes { id } } }')).toMatchObject({
    data: { seasons: { nodes: [{ id: made.id }] } },
  });
  expect(await ask('query ($id: Id!) { season(id: $id) { state } }', { id: made.id })).toMatchObject({
    data: { season: { state: 'OPEN' } },
  });
});

const CATEGORY = '... on SeasonCategory { id state panelId rankingId reopenedFor }';
test('an admin runs a review at her door from its opening to the ranking, and judges read what was submitted', async () => {
  const scene = await aScene();
  const { act, ask, askAs, province, eastWorks, season, declared, category } = scene;
  const { season: opened, categories } = await season();
  for (const title of ['焊接变位机', '省力扳手']) await declared(opened.id, { unionId: eastWorks, title });
  const copied = await declared(opened.id, { unionId: eastWorks, title: '旧图纸' });
  scene.closeDeclarations();
  const seasonId = id(opened.id);
  const categoryId = id(categories[0]!.id);
  const scoreUntil: [string, unknown] = ['Instant!', SCORED.toISOString()];
  expect(await act('openReview', SEASON, { seasonId, scoreUntil })).toMatchObject({
    ...{ state: 'REVIEWING', categories: [{ state: 'OPEN' }] },
  });
  const judge = await anOperator(deps, 'expert', [[{ id: province, path: '' }, 'judge']]);
  const EXPERT = '... on InnovationExpert { id name field removedAt }';
  const entry = {
    unionId: id(province),
    adminId: id(judge.operatorId),
    field: ['String!', '焊接'] as [string, unknown],
  };
  expect(await act('registerExpert', EXPERT, entry)).toMatchObject({ field: '焊接', removedAt: null });
  expect(
    await ask(
      'query ($unionId: Id!) { innovationExperts(unionId: $unionId, field: "焊接") { nodes { name adminId } } }',
      {
        unionId: province,
      },
    ),
  ).toMatchObject({ data: { innovationExperts: { nodes: [{ adminId: judge.operatorId }] } } });
  expect(await act('inviteExperts', CATEGORY, { categoryId })).toMatchObject({ state: 'OPEN' });
  const panelId = id((await category(categories[0]!.id)).panelId!);
  const accept: [string, unknown] = ['Boolean!', true];
  await act('answerInvitation', '... on MyPanel { id }', { panelId, accept }, judge.operatorId);
  await act('assignJudges', '... on Panel { id }', { panelId });
  expect(await act('startCategory', CATEGORY, { categoryId })).toMatchObject({ state: 'SCORING' });

  const sheets =
    'query ($panelId: Id!) { mySheets(panelId: $panelId) { nodes { number achievement { title text kind } } } }';
  expect(await askAs('admin', judge.operatorId, sheets, { panelId: panelId[1] })).toMatchObject({
    data: {
      mySheets: {
        nodes: ['焊接变位机', '省力扳手', '旧图纸'].map((title, i) => ({
          ...{ number: i + 1, achievement: { title, text: '正文', kind: 'TECHNICAL' } },
        })),
      },
    },
  });
  for (const [i, score] of [90, 80, 95].entries()) {
    const scores: [string, unknown] = ['[CriterionScoreInput!]!', [{ criterion: 1, score }]];
    const sheet = { panelId, number: ['Int!', i + 1] as [string, unknown], scores };
    expect(await act('submitSheet', '... on MySheet { state }', sheet, judge.operatorId)).toMatchObject({
      state: 'SUBMITTED',
    });
  }
  expect(await act('closeCategory', CATEGORY, { categoryId })).toMatchObject({ state: 'RANKED' });
  const reason: [string, unknown] = ['String!', '与他人成果重复'];
  expect(await act('strikeAchievement', CATEGORY, { achievementId: id(copied), reason })).toMatchObject({
    state: 'RANKED',
  });
});

const LIST = '... on SeasonList { version state reason noticeId }';

test('an admin lists and publishes honours at her door, and everybody reads what is theirs', async () => {
  const scene = await aScene();
  const { act, ask, askAs, eastWorks, westWorks, season, declared, review, ranked, afterNotice } = scene;
  const { season: opened, categories } = await season();
  const winner = await aMember(scene.deps, eastWorks, { name: '王小明' });
  const first = await declared(opened.id, { unionId: eastWorks, declarerId: winner, title: '焊接变位机' });
  const second = await declared(opened.id, { unionId: westWorks, title: '省力扳手' });
  scene.closeDeclarations();
  accepted(await review(opened.id));
  await ranked(categories[0]!.id, [90, 80]);
  const seasonId = id(opened.id);
  expect(await act('listHonours', LIST, { seasonId })).toMatchObject({ version: 1, state: 'PROVISIONAL' });
  expect(await act('publishHonours', LIST, { seasonId })).toMatchObject({ version: 1, state: 'IN_NOTICE' });
  expect(await act('listHonours', LIST, { seasonId, reason: ['String', '更正'] })).toMatchObject({ version: 2 });
  expect(await act('publishHonours', LIST, { seasonId })).toMatchObject({ version: 2, reason: '更正' });
  await afterNotice();

  const lines = `query ($seasonId: Id!, $first: Int) { seasonListLines(seasonId: $seasonId, version: 2, first: $first) {
    nodes { place total keptFor achievement { title } category { name } grade { name } } pageInfo { endCursor } } }`;
  expect(await ask(lines, { seasonId: opened.id })).toMatchObject({
    data: {
      seasonListLines: {
        nodes: [
          { place: 1, total: 90, keptFor: null, achievement: { title: '焊接变位机' }, grade: { name: '一等奖' } },
          { place: 2, total: 80, achievement: { title: '省力扳手' }, grade: { name: '二等奖' } },
        ],
        pageInfo: { endCursor: '1.2' },
      },
    },
  });
  const versions = 'query ($seasonId: Id!) { seasonLists(seasonId: $seasonId) { nodes { version state } } }';
  expect(await ask(versions, { seasonId: opened.id })).toMatchObject({
    data: {
      seasonLists: {
        nodes: [
          { version: 2, state: 'FINAL' },
          { version: 1, state: 'SUPERSEDED' },
        ],
      },
    },
  });
  const honours = (most: number) =>
    ask(
      `query ($seasonId: Id!, $first: Int) { seasonHonours(seasonId: $seasonId, first: $first) {
        nodes { place honourNumber honourFilePath achievement { id title } category { name } grade { name } } } }`,
      { seasonId: opened.id, first: most },
    );
  expect(await honours(2)).toMatchObject({
    data: { seasonHonours: { nodes: [{ achievement: { id: first } }, { achievement: { id: second } }] } },
  });
  const one = await countQueries(deps.db, () => honours(1));
  expect(await countQueries(deps.db, () => honours(2))).toEqual(one);

  const mine = `query ($seasonId: Id!) {
    seasons { nodes { name state takesDeclarations unionName categories { name grades { name } } } }
    seasonHonours(seasonId: $seasonId) { nodes { place title firmName authorNames categoryName gradeName } }
    myHonours { nodes { title gradeName honourNumber honourPath season { name } } } }`;
  const { data } = await askAs('member', winner, mine, { seasonId: opened.id });
  expect(data).toMatchObject({
    seasons: { nodes: [{ state: 'FINAL', takesDeclarations: false, unionName: '省总工会' }] },
    seasonHonours: {
      nodes: [
        { place: 1, title: '焊接变位机', firmName: '东厂工会', authorNames: ['王小明'], gradeName: '一等奖' },
        { place: 2, title: '省力扳手', firmName: '西厂工会', authorNames: ['王*明'], gradeName: '二等奖' },
      ],
    },
    myHonours: { nodes: [{ title: '焊接变位机', gradeName: '一等奖', season: { name: opened.name } }] },
  });

  const { honourNumber } = (data as { myHonours: { nodes: { honourNumber: string }[] } }).myHonours.nodes[0]!;
  const answer = await fetch(new URL(`/honours/${honourNumber.toLowerCase()}`, api.url));
  expect(await answer.json()).toMatchObject({
    ...{ number: honourNumber, achievement: '焊接变位机', authors: ['王*明'], firm: '东厂工会', award: '一等奖' },
    ...{ season: opened.name, organiser: '省总工会', category: '技术成果', honour: '省职工技术创新成果一等奖' },
  });
  const file = await fetch(new URL(`/honours/${honourNumber}.pdf`, api.url));
  expect(file.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await file.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
});

test('seasons of other branches, drafts and honours before they are final are not there', async () => {
  const { askAs, ask, deps: own, season, draft, eastWorks, west } = await aScene();
  const memberId = await aMember(own, eastWorks);
  const hidden = await draft({ certificatePrefix: 'HIDDEN' });
  const { season: opened } = await season();
  const read = `query ($id: Id!) { season(id: $id) { id } seasons { nodes { id } }
    seasonHonours(seasonId: $id) { nodes { title } } }`;
  expect(await askAs('member', memberId, read, { id: hidden })).toMatchObject({
    data: { season: null, seasons: { nodes: [{ id: opened.id }] }, seasonHonours: { nodes: [] } },
  });
  const western = await anOperator(deps, 'western', [[{ id: west, path: '' }, 'auditor']]);
  const seen = 'query ($id: Id!) { season(id: $id) { id } seasonLists(seasonId: $id) { nodes { version } } }';
  expect(await askAs('admin', western.operatorId, seen, { id: hidden })).toMatchObject({
    data: { season: null, seasonLists: { nodes: [] } },
  });
  expect(await askAs('admin', western.operatorId, seen, { id: opened.id })).toMatchObject({
    data: { season: { id: opened.id }, seasonLists: { nodes: [] } },
  });
  expect(await ask(seen, { id: hidden })).toMatchObject({ data: { season: { id: hidden } } });
});
