import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAdmin as anOperator } from '../../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { aKey } from '../../unions/tree.ts';
import { anAward } from '../plan/world.ts';
import { aStageWorld, FINAL, HEATS } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

/** The world of stages with two admins of the province at the door, where it is as late as in the world. */
async function aScene() {
  const world = await aStageWorld();
  const ofProvince = [[{ id: world.province, path: '' }, 'programme-admin']] as const;
  const clerk = await anOperator(deps, 'clerk', ofProvince);
  const second = await anOperator(deps, 'second', ofProvince);
  const tokenNow = (door: 'admin' | 'member', subjectId: string) => {
    deps.clock.set(world.deps.clock.now().toISOString());
    return tokenFor(deps, door, subjectId);
  };
  const ask = async (query: string, variables: object = {}, who = clerk) => {
    const token = await tokenNow('admin', who.operatorId);
    return api.ask('admin', query, { token, variables: { ...variables }, language: 'zh' });
  };
  const act = async (name: string, fields: string, args: Record<string, [string, unknown]>, who = clerk) => {
    const declared = Object.entries(args).map(([arg, [type]]) => `, $${arg}: ${type}`);
    const passed = Object.keys(args).map((arg) => `, ${arg}: $${arg}`);
    const query = `mutation ($key: String!${declared.join('')}) {
      ${name}(key: $key${passed.join('')}) { ${fields} ... on Refusal { code at message } }
    }`;
    const values = Object.fromEntries(Object.entries(args).map(([arg, [, value]]) => [arg, value]));
    const { data, errors } = await ask(query, { key: aKey(), ...values }, who);
    expect(errors).toEqual([]);
    return (data as Record<string, unknown>)[name];
  };
  return { ...world, second, ask, act, tokenNow, at: (iso: string) => world.deps.clock.set(iso) };
}

const RUN = `... on StageRun { panelId rankingId noticeId reopenedFor finalAt stage { state name }
  advanced { nodes { place kind reason entry { name } } } }`;
const id = (value: string): [string, unknown] => ['Id!', value];
const text = (value: string): [string, unknown] => ['String!', value];

test('an admin runs a heat at her door from its opening to who goes on, and reads how it stands', async () => {
  const { ask, act, at, competition, heats, aJudge, score, afterNotice, eastWorks } = await aScene();
  const { entryIds, people, stageIds } = await competition(heats({ wildCards: 1 }), Array(3).fill(eastWorks));
  const [, east] = stageIds as [string, string];
  const stageId = id(east);
  const of = (token: object) => ({ stageId, ...token });
  expect(await act('openStage', RUN, of({}))).toMatchObject({ code: 'CHANGES_STILL_OPEN', at: 'stageId' });
  at(HEATS);
  expect(await act('openStage', RUN, of({}))).toMatchObject({ stage: { state: 'OPEN' }, rankingId: null });
  const judge = await aJudge(east);
  expect(await act('startScoring', RUN, of({}))).toMatchObject({ stage: { state: 'SCORING' } });
  for (const [i, points] of [70, 90, 80].entries()) await score(east, judge, i + 1, points);
  expect(await act('closeStage', RUN, of({}))).toMatchObject({ stage: { state: 'RANKED' }, noticeId: null });
  const reopening = { scoreUntil: ['Instant!', '2026-05-02T00:00:00Z'] as [string, unknown], reason: text('补评') };
  expect(await act('reopenStage', RUN, of(reopening))).toMatchObject({
    stage: { state: 'SCORING' },
    reopenedFor: '补评',
  });
  expect(await act('closeStage', RUN, of({}))).toMatchObject({ reopenedFor: null });
  expect(await act('rankAgain', RUN, of({ reason: text('核对') }))).toMatchObject({ stage: { state: 'RANKED' } });
  const out = { entryId: id(entryIds[0]!), reason: text('资格不符') };
  expect(await act('disqualifyEntry', RUN, of(out))).toMatchObject({ stage: { state: 'RANKED' } });
  expect(await act('publishRanking', RUN, of({}))).toMatchObject({ stage: { state: 'IN_NOTICE' } });
  await afterNotice();
  const card = { entryId: id(entryIds[2]!), reason: text('特殊贡献') };
  expect(await act('nameWildCard', RUN, of(card))).toMatchObject({
    stage: { state: 'FINAL' },
    advanced: {
      nodes: [
        { place: 1, kind: 'RULE', reason: null, entry: { name: people[1]!.name } },
        { place: 2, kind: 'WILD_CARD', reason: '特殊贡献', entry: { name: people[2]!.name } },
      ],
    },
  });
  const read = 'query ($stageId: Id!) { stageRun(stageId: $stageId) { stage { state } } }';
  expect(await ask(read, { stageId: east })).toMatchObject({ data: { stageRun: { stage: { state: 'FINAL' } } } });
  expect(await ask(read, { stageId: stageIds[0] })).toMatchObject({ data: { stageRun: null } });
});

test('an admin sees how far a task in the background is, or why it could not be done', async () => {
  const { ask, act, at, competition } = await aScene();
  const { stageIds } = await competition();
  at(FINAL);
  const [stageId] = stageIds as [string];
  const TASK = 'task { kind done of failure { code message } }';
  const opened = await act('openStage', `... on StageRun { panelId ${TASK} }`, { stageId: id(stageId) });
  expect(opened).toMatchObject({ task: null });
  const { panelId } = opened as { panelId: string };
  await deps.db.query(
    `INSERT INTO panel_task (panel_id, kind, input, asked_by, asked_at, done, total)
     VALUES (?, 'rank', '{}', 'test', NOW(3), 4000, 12000)`,
    [panelId],
  );
  const seen = async () => {
    const query = `query ($stageId: Id!, $id: Id!) { stageRun(stageId: $stageId) { ${TASK} } panel(id: $id) { ${TASK} } }`;
    const { data } = await ask(query, { stageId, id: panelId });
    expect(data.stageRun).toEqual(data.panel);
    return data.panel.task;
  };
  expect(await seen()).toEqual({ kind: 'RANK', done: 4000, of: 12_000, failure: null });
  expect(await act('startScoring', RUN, { stageId: id(stageId) })).toMatchObject({ code: 'STAGE_BUSY', at: 'stageId' });
  await deps.db.query(
    "UPDATE panel_task SET failed_at = NOW(3), failure_code = 'SCORES_MISSING', failure_zh = '评分不齐', failure_en = 'x'",
  );
  expect(await seen()).toMatchObject({ failure: { code: 'SCORES_MISSING', message: '评分不齐' } });
  expect(await act('startScoring', RUN, { stageId: id(stageId) })).toMatchObject({ code: 'NOT_ENOUGH_JUDGES' });
});

test('an admin leaves a final vacant to which nobody came', async () => {
  const { act, at, competition, heats, made } = await aScene();
  const strict = { advance: { kind: 'threshold' as const, score: 95_000_000 }, wildCards: 1 };
  const { stageIds } = await competition(heats(strict));
  const [final, east] = stageIds as [string, string];
  at(HEATS);
  await made(east, [70, 90, 80]);
  const left = { stageId: id(final), reason: text('无人达标') };
  expect(await act('leaveStageVacant', '... on CompetitionStage { state vacantReason }', left)).toEqual({
    ...{ state: 'FINAL', vacantReason: '无人达标' },
  });
});

test('what was won is listed, paid by two people, and shown to the winner; the statements do not grow with the rows', async () => {
  const { ask, act, at, tokenNow, second, competition, made, eastWorks } = await aScene();
  const awards = [anAward({ honourName: '技术能手', toPlace: 3, subsidyFen: 50_000 })];
  const plan = { awards, budgetFen: 150_000 };
  const { id: competitionId, stageIds, people } = await competition(plan, Array(3).fill(eastWorks));
  at(FINAL);
  await made(stageIds[0]!, [70, 90, 80]);
  const wins = (first: number) =>
    ask(
      `query ($competitionId: Id!, $first: Int) { competitionWins(competitionId: $competitionId, first: $first) {
        nodes { place honourNumber honourFilePath award { name } entry { name union { name } } } pageInfo { endCursor } } }`,
      { competitionId, first },
    );
  const all = await wins(3);
  expect(all).toMatchObject({
    data: {
      competitionWins: {
        nodes: [1, 2, 3].map((place) => ({ place, award: { name: '一等奖' } })),
        pageInfo: { endCursor: '1.3' },
      },
    },
  });
  const one = await countQueries(deps.db, () => wins(1));
  expect(await countQueries(deps.db, () => wins(3))).toEqual(one);
  const LIST = `... on SubsidyList { id state totalFen vacantFen budgetFen fileUrl releasedBy
    lines { nodes { number payee award fen } } }`;
  const list = await act('makeSubsidyList', LIST, { competitionId: id(competitionId), vacantFen: ['Fen!', 0] });
  expect(list).toMatchObject({
    state: 'MADE',
    totalFen: 150_000,
    lines: { nodes: [{ payee: people[1]!.name }, {}, {}] },
  });
  const listId = id((list as { id: string }).id);
  expect(await act('releaseSubsidyList', LIST, { listId })).toMatchObject({ code: 'SECOND_PERSON_NEEDED' });
  expect(await act('releaseSubsidyList', LIST, { listId }, second)).toMatchObject({ state: 'RELEASED' });
  const read = 'query ($competitionId: Id!) { subsidyList(competitionId: $competitionId) { state } }';
  expect(await ask(read, { competitionId })).toMatchObject({ data: { subsidyList: { state: 'RELEASED' } } });
  const token = await tokenNow('member', people[1]!.memberId);
  const mine = '{ myCompetitionWins { nodes { place awardName honourNumber competition { name } } } }';
  expect(await api.ask('member', mine, { token })).toMatchObject({
    data: { myCompetitionWins: { nodes: [{ place: 1, awardName: '一等奖' }] } },
  });
});
